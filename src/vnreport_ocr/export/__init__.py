"""What leaves an archive, or a document, for other programs: chunks, OpenSearch bulk files, Parquet tables."""
