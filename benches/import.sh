#!/bin/sh
# What an import of 1,000,000 rows costs beside `sqlite3 .import` of the same file (quality.md 1).
# usage: benches/import.sh [ROWS] [FOLDER]      needs sqlite3, awk, shuf, GNU time
set -eu
rows=${1:-1000000}
work=${2:-$(mktemp -d)}
huifang=${HUIFANG:-target/release/huifang}
mkdir -p "$work/rising" "$work/shuffled"

awk -v n="$rows" -v dir="$work/rising" 'BEGIN {
    users = dir "/users.csv"; customers = dir "/customers.csv"; visits = dir "/visits.csv"
    print "user,name,role,branch" > users
    for (i = 0; i < 40; i++) printf "u%d,用户%d,officer,城东支行\n", i, i > users
    print "customer_id,name,line,officer,tier,onboarded_on" > customers
    for (i = 0; i < n / 10; i++)
        printf "C%07d,客户%d,small_business,u%d,normal,2025-01-01\n", i, i, i % 40 > customers
    print "visit_id,customer_id,visited_on,class,channel,officer,state,conclusion" > visits
    for (i = 0; i < n; i++) {
        c = int(i / 10)
        printf "V%08d,C%07d,%d-%02d-%02d,%s,实地,u%d,approved,经营正常，无异常情况%d\n", i, c, \
            2020 + i % 6, 1 + i % 12, 1 + i % 28, i % 3 ? "onsite" : "offsite", c % 40, i % 1000 > visits
    }
}'
cp "$work/rising/users.csv" "$work/rising/customers.csv" "$work/shuffled/"
{
    head -n 1 "$work/rising/visits.csv"
    tail -n +2 "$work/rising/visits.csv" | shuf --random-source="$work/rising/visits.csv"
} > "$work/shuffled/visits.csv"

columns=$(head -n 1 "$work/rising/visits.csv" | sed 's/,/ TEXT, /g; s/TEXT/TEXT PRIMARY KEY/')
for order in rising shuffled; do
    rm -f "$work/a.db"* "$work/b.db"* "$work/c.db"*
    people="$work/people-$order"
    mkdir -p "$people"
    cp "$work/$order/users.csv" "$work/$order/customers.csv" "$people/"
    "$huifang" import "$people" --db "$work/a.db" > "$work/log"
    /usr/bin/time -f "$order: huifang, visits      %e s  %M KB" \
        "$huifang" import "$work/$order/visits.csv" --db "$work/a.db" > "$work/log"
    /usr/bin/time -f "$order: sqlite3, with a key  %e s  %M KB" sqlite3 "$work/b.db" \
        "CREATE TABLE visits ($columns TEXT) WITHOUT ROWID" ".mode csv" \
        ".import --skip 1 $work/$order/visits.csv visits"
    /usr/bin/time -f "$order: sqlite3, bare        %e s  %M KB" sqlite3 "$work/c.db" \
        ".mode csv" ".import $work/$order/visits.csv visits"
done
echo "files and databases are in $work"
