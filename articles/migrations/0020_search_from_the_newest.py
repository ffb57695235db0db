from django.db import migrations

# What PostgreSQL's index of texts knows beside their words: each pair of neighbours, by four figures
# of its digest, so that hardly an article without a phrase is looked at for it; and which thousand
# articles an article is among, which four thousand and so on, so that it can begin with the newest.
# Its cost keeps the planner from dividing text after text instead of asking the index.
TERMS = """
CREATE OR REPLACE FUNCTION articles_search_terms(vector tsvector, article bigint) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000
AS $$
    SELECT strip(vector) || array_to_tsvector(array_agg(term)) FROM (
        SELECT 'g쌍' || left(md5(lag(lexeme) OVER beside || ' ' || lexeme), 4) AS term
        FROM unnest(vector) AS word (lexeme, positions), unnest(positions) AS place
        WINDOW beside AS (ORDER BY place)
        UNION ALL
        SELECT 'g번' || level || '-' || article / (1000 << (2 * level))
        FROM generate_series(0, 5) AS level
    ) AS terms WHERE term IS NOT NULL
$$
"""
INDEX = """
CREATE INDEX CONCURRENTLY IF NOT EXISTS articles_search_by_terms ON articles_searchdocument
    USING gin (articles_search_terms(vector, article_id))
"""
# Nobody asks for them, and whoever analyses the table would divide thousands of texts for them.
NO_STATISTICS = "ALTER INDEX articles_search_by_terms ALTER COLUMN 1 SET STATISTICS 0"
# The newest at most four thousand are asked first, then four times as many, until enough are found:
# what a word costs does not follow the number of articles that hold it. A phrase is judged by the
# text itself, of those that hold its words and its pairs.
PHRASES = """
CREATE OR REPLACE FUNCTION articles_search_phrases(question tsquery, words tsquery, most integer)
RETURNS SETOF bigint
LANGUAGE plpgsql STABLE ROWS 500
SET enable_seqscan = off
SET max_parallel_workers_per_gather = 0 SET work_mem = '32MB'
AS $$
DECLARE
    above bigint := (SELECT max(article_id) + 1 FROM articles_searchdocument);
    below bigint;
    size bigint;
    newest tsquery;
    missing integer := most;
    found_now integer;
BEGIN
    FOR level IN 0 .. 5 LOOP
        size := 1000 << (2 * level);
        below := CASE WHEN level = 5 THEN 0 ELSE (above - 1) / (4 * size) * 4 * size END;
        SELECT string_agg(format('''g번%s-%s''', level, part), '|')::tsquery INTO newest
        FROM generate_series(below / size, (above - 1) / size) AS part;
        RETURN QUERY
            SELECT article_id FROM (
                SELECT article_id, vector FROM articles_searchdocument
                WHERE articles_search_terms(vector, article_id) @@ (words && newest)
                ORDER BY article_id DESC OFFSET 0
            ) AS having_the_words
            WHERE question IS NULL OR vector @@ question LIMIT missing;
        GET DIAGNOSTICS found_now = ROW_COUNT;
        missing := missing - found_now;
        above := below;
        EXIT WHEN missing <= 0 OR above = 0;
    END LOOP;
END
$$
"""
WORDS = """
CREATE OR REPLACE FUNCTION articles_search(question tsquery, most integer) RETURNS SETOF bigint
LANGUAGE sql STABLE ROWS 500
AS $$ SELECT articles_search_phrases(NULL, question, most) $$
"""
FORWARDS = (
    TERMS,
    INDEX,
    NO_STATISTICS,
    PHRASES,
    "ALTER FUNCTION articles_search(tsquery, integer) RESET ALL",
    WORDS,
    "DROP INDEX articles_search_words",
)


def begin_with_the_newest(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in FORWARDS:
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    # The index is made while articles are read and saved.
    atomic = False

    dependencies = [
        ("articles", "0019_orders_of_the_desk"),
    ]

    operations = [
        migrations.RunPython(begin_with_the_newest),
    ]
