# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the manual page of the bus interface: the members and their comments out of its XML, the rest out of a template.
# Called by `make`: awk -f install/bus-man.awk daemon/org.sidetouch.Sidetouch1.xml install/org.sidetouch.Sidetouch1.5.in

FNR == NR { xml = xml $0 "\n"; next }
FNR == 1 { read_members() }
/^@methods@$/ { printf "%s", members["method"]; next }
/^@signals@$/ { printf "%s", members["signal"]; next }
{ print }

# <!-- a comment --> belongs to what follows it.
function read_members(   tag, comment, kind, name, taken, given) {
	while (match(xml, /<[^>]*>/)) {
		if (substr(xml, RSTART, 4) == "<!--") {
			xml = substr(xml, RSTART + 4)
			comment = substr(xml, 1, index(xml, "-->") - 1)
			xml = substr(xml, index(xml, "-->") + 3)
			continue
		}
		tag = substr(xml, RSTART, RLENGTH)
		xml = substr(xml, RSTART + RLENGTH)
		if (tag ~ /^<interface/)
			comment = ""
		if (tag ~ /^<(method|signal)/) {
			kind = tag ~ /^<method/ ? "method" : "signal"
			name = attribute(tag, "name")
			taken = given = ""
		}
		if (tag ~ /^<arg/ && attribute(tag, "direction") == "out")
			given = given " Ar " attribute(tag, "name") " : " attribute(tag, "type")
		else if (tag ~ /^<arg/)
			taken = taken (taken ? " ," : "") " Ar " attribute(tag, "name") " : " attribute(tag, "type")
		if (tag ~ /^<\/(method|signal)/ || tag ~ /^<(method|signal).*\/>$/) {
			members[kind] = members[kind] ".It Ic " name (taken ? " Po" taken " Pc" : "") (given ? " No gives" given : "") "\n" words(comment)
			comment = ""
		}
	}
}

function attribute(tag, name) {
	return match(tag, " " name "=\"[^\"]*\"") ? substr(tag, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : ""
}

# A sentence a line, as manual pages are written; no line may look like a request.
function words(text,   line, count, i) {
	gsub(/[ \t\n]+/, " ", text)
	sub(/^ /, "", text)
	sub(/ $/, "", text)
	gsub(/\\/, "\\\\e", text)
	gsub(/[.] /, ".\n", text)
	count = split(text, line, "\n")
	text = ""
	for (i = 1; i <= count; i++)
		text = text (line[i] ~ /^[.']/ ? "\\&" : "") line[i] "\n"
	return text
}
