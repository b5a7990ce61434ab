// Small conveniences. Every page does its work without them.
import "./bulk.js";
import "./confirm.js";
import "./connection.js";
import "./copy.js";
import "./dirty.js";
import "./dismiss.js";
import "./keys.js";
import "./marks.js";
import "./refused.js";
import "./tabs.js";
import "./typeahead.js";
import "./uploads.js";
