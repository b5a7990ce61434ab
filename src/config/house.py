"""Choices of the house about difficulties, petitions and the portal, no rules of law; read from the environment as all settings are."""

from config import env


def difficulty_days() -> int:
    """How long a difficulty may wait at one unit before it is called late."""
    return env.read(
        "DANVAN_DIFFICULTY_DAYS", 10, env.whole, write="số ngày chờ trả lời khó khăn, ví dụ 10"
    )


def proposal_days() -> int:
    """The term for proposals and feedback, for which the law has none."""
    write = "số ngày giải quyết kiến nghị, phản ánh, ví dụ 30"
    return env.read("DANVAN_PROPOSAL_DAYS", 30, env.whole, write=write)


def publish_days() -> int:
    """By when what a sender wishes to be public is looked through, answered or not."""
    write = "số ngày duyệt công khai kiến nghị, phản ánh, ví dụ 10"
    return env.read("DANVAN_PUBLISH_DAYS", 10, env.whole, write=write)


def keep_petitioners_years() -> int:
    """How long after the last of their petitions who petitioned is known."""
    write = "số năm giữ danh tính người gửi đơn, 0 là không tự xóa"
    return env.read("DANVAN_KEEP_PETITIONERS_YEARS", 10, env.count, write=write)


def petition_closing_day() -> int:
    """On which day of the last month of a period the numbers of petitions close for the reports; 0: on its last day."""
    return env.read(
        "DANVAN_PETITION_CLOSING_DAY", 14, env.closing_day, write="ngày từ 0 đến 28, ví dụ 14"
    )


def identity_minutes() -> int:
    """How long an opened identity is shown."""
    write = "số phút xem danh tính sau khi mở, ví dụ 10"
    return env.read("DANVAN_IDENTITY_MINUTES", 10, env.whole, write=write)


def portal_seconds() -> int:
    """How long a page that everybody reads is kept in the memory of a process; 0: never."""
    return env.read("DANVAN_PORTAL_SECONDS", 10, env.count, write="số giây, ví dụ 10")
