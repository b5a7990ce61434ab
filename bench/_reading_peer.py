"""underthesea's word tokeniser on its own, over the texts given: seconds, words, version.

Runs in an environment of its own (requirements-underthesea.lock), not in ours: `python _reading_peer.py < texts.json`.
"""

import json
import sys
import time
from importlib.metadata import version


def run(texts):
    """Tokenise every text once; the loading of its model is told apart."""
    from underthesea import word_tokenize

    began = time.perf_counter()
    word_tokenize("Ban Thường vụ Tỉnh ủy đối thoại với Nhân dân")
    loading = time.perf_counter() - began
    began, worked = time.perf_counter(), time.process_time()
    words = sum(len(word_tokenize(text)) for text in texts)
    return {
        "version": version("underthesea"),
        "loading_s": round(loading, 2),
        "seconds": round(time.perf_counter() - began, 2),
        "cpu_s": round(time.process_time() - worked, 2),
        "words": words,
    }


if __name__ == "__main__":
    print(json.dumps(run(json.load(sys.stdin))))
