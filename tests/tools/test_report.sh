#!/bin/sh
# The report: it opens in a browser without an error, every link leads somewhere, its filter works, and
# what was not run is said, not shown.
. "$(dirname "$0")/tap.sh"
page=build/report/index.html
tree=$scratch/tree
verified=$PWD/tests/tools/verified.py
make -s report >"$scratch/made" 2>&1 || { cat "$scratch/made"; exit 1; }

# What the page's console says once it and the script have run; the page stays in $scratch/dom.
browse() {
  (
    sed '/<\/body>/,$d' "$1"
    printf '<script>%s</script></body></html>\n' "$2"
  ) >"$scratch/page.html"
  chromium --headless=new --no-sandbox --disable-gpu --dump-dom --enable-logging=stderr \
    --allow-file-access-from-files --user-data-dir="$scratch/profile" \
    "file://$scratch/page.html" >"$scratch/dom" 2>"$scratch/console"
  grep ':CONSOLE' "$scratch/console" || true
}

test_console_is_silent_and_a_failing_script_would_be_noticed() {
  test -z "$(browse $page '')"
  test -n "$(browse $page 'missing()')"
}

test_every_link_leads_somewhere() {
  grep -oE ' id="[^"]*"' $page | sed 's/.*id="//; s/"$//' | sort >"$scratch/ids"
  test -z "$(uniq -d "$scratch/ids")"
  grep -oE ' (href|src)="[^"]*"' $page | sed 's/^[^"]*"//; s/"$//' | grep -v '^data:' | sort -u \
    >"$scratch/links"
  test "$(wc -l <"$scratch/links")" -gt 500
  sed -n 's/^#//p' "$scratch/links" | sort -u | comm -23 - "$scratch/ids" >"$scratch/broken"
  test ! -s "$scratch/broken"
  grep -vE '^(#|https:)' "$scratch/links" | sed 's/#L/ /' | while read -r file line; do
    test "$(wc -l <"build/report/$file")" -ge "${line:-0}"
  done
}

test_nothing_is_fetched() {
  not grep -qE '@import|fetch\(|rel="stylesheet" href="[^d]|<script src="[^d]' $page
}

test_sections_claims_figures_and_formulas_are_there() {
  claims=$(sed -n '2,$s/^\([A-Z][0-9]*\),.*/\1/p' spec/claims/claims.csv)
  test "$(echo "$claims" | wc -l)" -gt 50
  drawn=build/reproduce
  [ -e $drawn/summary.json ] || drawn=build/reproduce-quick
  for id in claims the-preprint proofs-of-the-c-code theorems-in-coq soundness what-the-tests-reach \
    figures speed versions $claims $(basename -s .svg $drawn/*.svg); do
    grep -q " id=\"$id\"" $page
  done
  test "$(grep -o '<math ' $page | wc -l)" -gt "$(echo "$claims" | wc -l)"
  not grep -q 'class="math' $page
  test -z "$(grep -oE '<img [^>]{0,200}' $page | grep 'alt=""')"
}

# The claims that are shown after a script.
shown_after() {
  browse $page "$1"'console.log("shown: " + Array.from(document.querySelectorAll("#claims tbody tr"))
    .filter((row) => !row.hidden).map((row) => row.cells[0].textContent).join(" "));' |
    sed -n 's/.*"shown: \([^"]*\)".*/\1/p'
}

test_filter() {
  test "$(shown_after 'const w = document.getElementById("words"); w.value = "ist_FIXED_point sqrt";
    w.dispatchEvent(new Event("input", {bubbles: true}));')" = 'P18 R9'
  test "$(shown_after 'document.querySelectorAll("[name=status]").forEach((b) => {
    if (b.value !== "refuted") b.click(); });')" = 'P17 E5'
  shown_after 'document.querySelector("[value=proved]").click(); location.hash = "#N1";
    dispatchEvent(new HashChangeEvent("hashchange"));' | grep -qw N1
}

test_phone_width_does_not_scroll_sideways() {
  echo '<title></title><body><iframe width="360" height="800" style="border:0"></iframe>' \
    >"$scratch/phone.html"
  browse "$scratch/phone.html" "const frame = document.querySelector('iframe');
    frame.onload = () => { const e = frame.contentDocument.documentElement;
      console.log('widths: ' + e.scrollWidth + ' ' + e.clientWidth); };
    frame.src = 'file://$PWD/$page';" | sed -n 's/.*"widths: \([0-9]*\) \([0-9]*\)".*/\1 \2/p' |
    awk '{ found = $2 > 300 && $1 == $2 } END { exit !found }'
}

# A copy of the sources beside the program and the figures, in which nothing else was run.
prepare() {
  rm -rf "$tree"
  mkdir -p "$tree/build" "$tree/tests"
  cp -r spec src proofs paper CLAIMS.md packages.txt "$tree"
  cp -r tests/unit tests/golden tests/reproduction tests/commandline tests/tools "$tree/tests"
  ln -s "$PWD/build/ist" "$PWD/build/reproduce-quick" "$tree/build"
  cd "$tree"
}

# Writes the page, on one line in $scratch/text; the exit status is as expected.
written() {
  status=0
  paper/report/write.py || status=$?
  test $status = "$1"
  tr -s '\n ' ' ' <$page >"$scratch/text"
}

says() {
  grep -qF "$1" "$scratch/text"
}

test_what_was_not_run_is_said() {
  prepare
  written 0
  for target in verify theorems coverage bench; do
    says "Not run here: <code>make $target</code>"
  done
  says 'The whole experiments were not run here'
}

test_results_of_this_state_are_shown_and_of_an_earlier_one_are_not() {
  prepare
  mkdir build/coverage
  echo '{"files": [], "line_percent": 12.5, "line_covered": 8, "line_total": 8, "branch_covered": 8,
    "branch_total": 8, "function_covered": 8, "function_total": 8}' >build/coverage/summary.json
  written 0
  says '12.5 % of lines'
  not says 'Not run here: <code>make coverage</code>'
  touch -d @0 build/coverage/summary.json
  written 0
  says 'Not run here: <code>make coverage</code> (src/'
  not says '12.5 % of lines'
}

test_proofs_are_shown_by_function_with_their_claims() {
  prepare
  python3 "$verified" . '{"goals": 7, "proved": 7, "units": [{"file": "src/kernel/homogeneous.c",
    "rows": [{"name": "ist_fixed_point", "goals": 7, "proved": 7, "by": {"Qed": 3, "CVC5": 4},
    "seconds": 1.5, "smoke_tests": 2}]}]}'
  written 1
  says '7 of 7 goals proved'
  says '<code>ist_fixed_point</code></td> <td>src/kernel/homogeneous.c</td> <td><a href="#P18">P18</a>'
  says 'the contract of ist_round has no goal in build/wp/verify.json'
}

test_a_dangling_reference_is_named_and_fails() {
  prepare
  sed -i '0,/Theorem1\.W_psd/s//Theorem1.W_bad/' spec/claims/claims.csv
  written 1
  says 'P06: no headline theorem Theorem1.W_bad'
}

test_a_formula_that_cannot_be_shown_is_refused() {
  prepare
  sed -i '0,/\\mathbb{E}/s//\\frobnicate{E}/' spec/claims/claims.csv
  not paper/report/write.py 2>"$scratch/reason"
  grep -q frobnicate "$scratch/reason"
  test ! -e $page
}

run_tests "$@"
