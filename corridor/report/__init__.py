"""What a minister reads: the report page, maps, charts and tables of one assessment."""
