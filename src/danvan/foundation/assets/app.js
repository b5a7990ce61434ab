// Small conveniences. Every page does its work without them.
import "./bulk.js";
import "./confirm.js";
import "./connection.js";
import "./copy.js";
import "./dirty.js";
import "./dismiss.js";
import "./keys.js";
import "./marks.js";
import "./passkeys.js";
import "./tabs.js";
import "./typeahead.js";
import "./uploads.js";
import "./refused.js"; // last: the cursor goes to what stands there once the fields are built
