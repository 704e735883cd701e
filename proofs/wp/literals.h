/** That WP reads the notations for real numbers used in the contracts as the numbers they denote.
 *
 *  WP 25 reads a decimal literal with an exponent wrongly (1e300 becomes 1.3): these are refused
 *  by the verification, and these lemmas show that the others are read rightly. */

/*@ lemma literal_integer: 0x20000000000000 == 9007199254740992;
    lemma literal_decimal: 0.75 * 4 == 3;
    lemma literal_power: 0x1p10 == 1024;
    lemma literal_negative_power: 0x1p-10 * 1024 == 1;
    lemma literal_fraction: 0x1.8p1 == 3;
    lemma literal_small_fraction: 0x1.001p-53 * 0x1p53 * 4096 == 4097;
    lemma literal_unit: 0x1p-53 * 9007199254740992 == 1;
    lemma literal_largest: 0x1p996 * 0x1p-996 == 1;
    lemma literal_smallest: 0x1p-1074 * 0x1p1000 * 0x1p74 == 1;
*/
