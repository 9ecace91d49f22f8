"""Statistical disclosure: what may be published so that nobody can derive fewer than k people.

The steps, in the order in which they happen to a round's answers:

1. `coarsening` at opening: no stored (unit, level) stands for fewer than k responses.
2. `suppression` when released: which units and levels may show a count, so that no subtraction
   of published counts leaves 1 to k-1.
3. `policy`: what the counts are (responses, answers to each question, those a filter lets on),
   with which k, and what each published figure may say (`values`: nobody is "all of them").

An audit that reads everything published has its place here as the fourth step: it would take the
`core.published` groups of a release, and hand back a record of what it proved.
"""
