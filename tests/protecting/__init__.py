"""The seventeen promises of what is published, and what holds each of them.

Each has a test whose attacker reads only what is published, and a control: something careless that
the same attacker must find out, or he is no attacker. `test_table` sees to it that all are there.

1. No figure is about 1 to k-1 people, in pictures and their texts either.
   results/test_releases.py::test_no_published_figure_is_about_fewer_than_k
   results/test_enumeration.py::test_no_picture_and_no_text_for_one_names_a_group_below_k
   control: results/test_enumeration.py::test_whoever_tries_finds_a_result_that_was_not_protected
2. A parent less its published children is 0 or at least k, for groups and questions, at each level.
   protecting/test_random_regions.py::test_nobody_finds_a_small_group_in_the_files_of_a_random_region
   control: protecting/test_random_regions.py::test_the_same_attacker_finds_out_the_careless
3. No linear program over all figures gives a class of 1 to k-1.
   protecting/test_random_regions.py::test_nobody_finds_a_small_group_in_the_files_of_a_random_region
   core/disclosure/test_audit.py::test_the_audit_finds_what_the_attacker_finds
   control: protecting/test_random_regions.py::test_the_same_attacker_finds_out_the_careless
4. No hidden count is known exactly.
   protecting/test_protect.py::test_an_attacker_with_the_files_alone_finds_no_group_below_k
   control: protecting/test_random_regions.py::test_the_same_attacker_finds_out_the_careless
5. No hidden value is known exactly, and their ranges are a quarter of the scale on the average.
   core/disclosure/test_ranges.py::test_what_is_shown_in_the_end_tells_no_value_and_is_wide_enough
   control: protecting/test_random_regions.py::test_the_same_attacker_finds_out_the_careless
6. Levels crossed with the organisation against every other breakdown, in one program.
   protecting/test_union.py::test_all_breakdowns_together_give_nobody_away
   control: protecting/test_union.py::test_breakdowns_that_are_safe_each_for_itself_are_not_together
7. The same answers again are the same bytes; after a correction figures differ by 0 or at least k.
   protecting/test_over_time.py::test_the_same_again_is_the_same_bytes_beside_the_earlier_one
   protecting/test_over_time.py::test_many_late_answers_that_are_told_apart_give_nobody_away
   results/correcting/test_remaking.py::test_what_changes_nothing_is_refused_with_the_reason
   control: protecting/test_promise.py::test_late_answers_show_where_nobody_thought_of_the_first
8. A unit split, merged, moved or renamed: 2 to 5 over both trees.
   protecting/test_over_time.py::test_a_reorganisation_gives_nobody_away
   protecting/test_withheld.py::test_a_question_that_is_withheld_now_gives_nobody_away_beside_new_groups
   results/correcting/test_remaking.py::test_the_new_organisation_gives_nobody_away
   control: protecting/test_over_time.py::test_releases_that_do_not_know_each_other_are_found_out
   control: protecting/test_withheld.py::test_a_question_that_the_file_lacks_gives_somebody_away
   control: protecting/test_answers_over_time.py::test_values_are_kept_as_both_trees_are_looked_at
   control: results/correcting/test_remaking.py::test_without_the_first_beside_it_the_new_one_would
9. Where all agree nothing says so.
   protecting/test_promise.py::test_nobody_is_told_that_all_agree
   control: in the same test
10. A question that one of twelve answered is hidden.
   protecting/test_promise.py::test_a_question_that_one_of_twelve_answered_is_hidden
   control: in the same test
11. No hidden category follows from n, rounded shares and mean.
   protecting/test_promise.py::test_no_hidden_category_can_be_solved_from_n_bounds_and_mean
   control: in the same test
12. Response rate times headcount gives no group below k.
   results/test_rates.py::test_rates_times_headcounts_give_no_group_below_k
   control: results/test_rates.py::test_rates_of_all_units_would
13. A single child, an empty unit, small siblings: no trouble, and 2 to 5 hold.
   protecting/test_promise.py::test_odd_trees_are_no_trouble_and_give_nobody_away
   control: protecting/test_promise.py::test_a_threshold_alone_gives_somebody_in_an_odd_tree_away
14. No address and no parameter gives more than was declared, under any sign-in.
   results/test_enumeration.py::test_no_address_gives_more_than_was_declared_whoever_asks
   control: results/test_enumeration.py::test_whoever_tries_finds_a_result_that_was_not_protected
15. Random trees, with levels and k of 5, 10 and 20: 2 to 5 hold (`make attack`: 200, with each k).
   protecting/test_random_regions.py::test_nobody_finds_a_small_group_in_the_files_of_a_random_region
   control: protecting/test_random_regions.py::test_the_same_attacker_finds_out_the_careless
16. Insiders who take their own answers out still see k.
   protecting/test_random_regions.py::test_insiders_who_take_their_own_answers_out_still_see_k
   control: protecting/test_promise.py::test_without_thought_of_insiders_some_see_fewer_than_k
17. Threshold alone and remainder rule alone fail the same audit, from inside and from outside.
   core/disclosure/test_audit.py::test_threshold_and_remainder_rule_alone_do_not_pass
   auditing/test_audit.py::test_careless_publishing_is_found_out
   control: they are the controls
"""
