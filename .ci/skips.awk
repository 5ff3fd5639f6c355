# A table of skipped tests by reason, from what dotnet test printed and from the reports of Pester suites.
function count(reason) { sub(/^ +/, "", reason); sub(/^is skipped, because /, "", reason); reasons[reason == "" ? "no reason is given" : reason]++ }
/^skipped / { getline; count($0) }
/^skipped: / { getline; count($0) }
END {
    print "\nskipped tests by reason"
    for (reason in reasons) printf "%6d  %s\n", reasons[reason], reason | "sort -k1,1nr -k2"
    close("sort -k1,1nr -k2")
}
