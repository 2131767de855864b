"""The search index (tantivy), the query language, and Indonesian text analysis."""
