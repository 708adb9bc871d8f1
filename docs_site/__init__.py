"""What `mkdocs build` adds to the pages of docs/: generated references, pages from elsewhere, figures."""
