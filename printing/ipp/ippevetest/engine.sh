#!/bin/sh
# The print engine of the test printer. ippeveprinter runs it once a job with the document's path; it reads what to do
# from files in the directory $ENGINE and writes a line to "paper" for each sheet that comes out.
#   per-page   seconds that a sheet takes
#   paper-left sheets in the tray; without the file the tray never empties
#   abort-at   give up before this page of a job
#   no-count   do not report impressions
document=$1
pages=$(grep -aoE '/Type ?/Page([^s]|$)' "$document" | wc -l)
say() { echo "$1" >&2; }
setting() { cat "$ENGINE/$1" 2>/dev/null || echo "$2"; }
count() { [ -e "$ENGINE/no-count" ] || say "ATTR: job-impressions=$pages job-impressions-completed=$1"; }

count 0
page=0
while [ "$page" -lt "$pages" ]; do
	page=$((page + 1))
	[ "$(setting abort-at 0)" = "$page" ] && exit 1
	if [ "$(setting paper-left 1)" = 0 ]; then
		say "STATE: +media-empty-error"
		while [ "$(setting paper-left 1)" = 0 ]; do sleep 0.02; done
		say "STATE: -media-empty-error"
	fi
	sleep "$(setting per-page 0)"
	if [ -e "$ENGINE/paper-left" ]; then
		left=$(($(setting paper-left 1) - 1))
		echo "$left" >"$ENGINE/paper-left.new" && mv "$ENGINE/paper-left.new" "$ENGINE/paper-left"
	fi
	printf '%s\t%s\t%s\t%s\n' "$IPP_JOB_ID" "$page" "$document" "$IPP_JOB_NAME" >>"$ENGINE/paper"
	count "$page"
done
exit 0
