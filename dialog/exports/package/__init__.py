"""The package that a researcher gets: one zip, the same bytes for the same input.

1. `coding` makes numbers of a round's answers, `variables` is what they are called.
2. `mastering` protects the rows once; every export is derived from that one master.
3. `plain_files`, `statistical_files`: the data; `ddi`, `frictionless`, `codebook`: what they mean;
   `scripts`: how they are read.
4. `packing` puts it together, with checksums.
"""
