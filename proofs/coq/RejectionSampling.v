(** * From uniform words to the blocks of a run: rejection sampling

    A generator gives words, uniform on {0, ..., range} and independent: that is the one assumption,
    which mt19937's 32-bit words imitate. A draw below n is the quotient of a word by scale n, where
    n scale n <= range + 1; a word whose quotient is n or more is skipped and the next one is taken,
    as in gsl_rng_uniform_int, where scale n = floor(range / n). All draws of a run take their words
    from one stream. Of T words at hand there may be too few; what is proved is the law of the draws
    given that they suffice, times the probability that they do.

    - [draws_uniform]: whatever T, the draws below n_1, n_2, ... are then independent and uniform.
      [success_gt0]: T words can suffice if T is at least the number of draws; [one_draw_fails]: for
      one draw below n they do not with probability (1 - n scale n / (range + 1))^T, in GSL at most
      2^-T ([gsl_draw_fails]).
    - [words_permutation]: with Fisher-Yates (FisherYates.v) the permutation is uniform, and so is
      the subset that a worker of Rand-q keeps ([words_subset]).
    - [perm_rounds], [rand_rounds]: K rounds of Perm-q (plain or scaled), of Rand-q: the rounds are
      independent, each with the law of its sketch, the workers of Rand-q independent as well.
    - [perm_run], [rand_run]: so E F(x_K) given enough words is that of all the other theorems.
    - [gsl_fits], [words_instance]: GSL's scales meet the condition for 0 < n <= range. *)

From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Problem FisherYates UniformPermutation Mask.
From Ist Require Import PermSketch RandSketch.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.

(** ** The draws that a stream of words gives *)

Section Stream.

Variable scale : nat -> nat.

(** Draws below the numbers ns from the words w, as long as there are words. *)
Fixpoint bounded_draws (ns w : seq nat) {struct w} : option (seq nat) :=
  if ns is n :: ns' then
    if w is x :: w' then
      if x %/ scale n < n then omap (cons (x %/ scale n)) (bounded_draws ns' w')
      else bounded_draws ns w'
    else None
  else Some [::].

End Stream.

Section Fits.

Variables (range : nat) (scale : nat -> nat).

Definition fits n := [&& 0 < n, 0 < scale n & n * scale n <= range.+1].

End Fits.

Theorem gsl_fits range n : 0 < n -> n <= range -> fits range (fun m => range %/ m) n.
Proof.
move=> n0 le; rewrite /fits n0 divn_gt0 // le /=; apply: leqW.
by rewrite mulnC; exact: leq_trunc_div.
Qed.

Local Open Scope ring_scope.

Section Uniform.

Variables (R : realFieldType) (range : nat) (scale : nat -> nat).
Implicit Types (n T : nat) (ns ks : seq nat).

Notation fits := (fits range scale).

(** A word, and T of them. *)
Definition word : dist R [finType of 'I_range.+1] := uniform R ord0.
Definition words T := power word T.

(** The mean of X of independent draws, uniform below each of ns. *)
Fixpoint mean_draw ns (X : seq nat -> R) : R :=
  if ns is n :: ns' then n%:R^-1 * \sum_(k < n) mean_draw ns' (fun ks => X (nat_of_ord k :: ks))
  else X [::].

(** X of the draws if the words suffice, 0 if not. *)
Definition on_success ns (X : seq nat -> R) (w : seq 'I_range.+1) : R :=
  if bounded_draws scale ns [seq nat_of_ord x | x <- w] is Some ks then X ks else 0.

(** The probability that T words suffice. *)
Definition success T ns : R := E (words T) (fun w => on_success ns (fun=> 1) w).

(** Every quotient below n belongs to the same number of words. *)
Lemma sum_quotients (s n : nat) (F : nat -> R) : (0 < s)%N ->
  \sum_(x < n * s) F (x %/ s)%N = s%:R * \sum_(k < n) F k.
Proof.
move=> s0; rewrite -(big_mkord xpredT (fun x => F (x %/ s)%N)).
elim: n => [|n IH]; first by rewrite mul0n big_geq // big_ord0 mulr0.
rewrite big_ord_recr mulrDr -IH (@big_cat_nat _ _ _ (n * s)) /=; last 2 first.
- by [].
- by rewrite leq_mul2r leqnSn orbT.
congr (_ + _); rewrite -{1}[(n * s)%N]add0n big_addn mulSn addnK big_mkord.
rewrite (eq_bigr (fun=> F n)) => [|x _]; first by rewrite sumr_const card_ord mulr_natl.
by rewrite addnC divnMDl // divn_small ?addn0.
Qed.

Lemma E_word n (F : nat -> R) c : fits n ->
  E word (fun x => if (x %/ scale n < n)%N then F (x %/ scale n)%N else c) =
  (scale n)%:R / range.+1%:R * (\sum_(k < n) F k) +
  (1 - (n * scale n)%:R / range.+1%:R) * c.
Proof.
case/and3P=> n0 s0 le; rewrite E_uniform card_ord; set N := range.+1; set s := scale n in s0 le *.
pose h x := if (x %/ s < n)%N then F (x %/ s)%N else c.
have -> : \sum_(x < N) h x = s%:R * (\sum_(k < n) F k) + (N - n * s)%:R * c.
  rewrite -(big_mkord xpredT h) (@big_cat_nat _ _ _ (n * s)) //= -/N; congr (_ + _).
    rewrite big_mkord -(sum_quotients n F s0); apply: eq_bigr => x _.
    by rewrite /h ltn_divLR // ltn_ord.
  rewrite big_nat (eq_bigr (fun=> c)) => [|x /andP[low _]]; last first.
    by rewrite /h ltn_divLR // ltnNge low.
  by rewrite -big_nat sumr_const_nat mulr_natl.
have N0 : N%:R != 0 :> R by rewrite pnatr_eq0.
by rewrite natrB // mulrDr; congr (_ + _); field.
Qed.

Lemma on_success_cons n ns X (x : 'I_range.+1) w : on_success (n :: ns) X (x :: w) =
  if (x %/ scale n < n)%N then on_success ns (fun ks => X ((x %/ scale n)%N :: ks)) w
  else on_success (n :: ns) X w.
Proof.
by rewrite /on_success /=; case: ifP => // _; case: bounded_draws.
Qed.

Lemma E_success_nil T X : E (words T) (fun w => on_success [::] X w) = X [::].
Proof. by apply: E_cst_on => w; rewrite /on_success; case: (val w). Qed.

Lemma fits_gt0 n : fits n -> n%:R != 0 :> R.
Proof. by case/and3P=> n0 _ _; rewrite pnatr_eq0 -lt0n. Qed.

Lemma mean_draw_cst ns c : all fits ns -> mean_draw ns (fun=> c) = c.
Proof.
elim: ns => //= n ns IH /andP[/fits_gt0 n0 /IH ->].
by rewrite sumr_const card_ord -[c *+ n]mulr_natl mulKf.
Qed.

Lemma E_success_cons T n ns X : fits n ->
  (forall Y, E (words T) (fun w => on_success (n :: ns) Y w) =
     success T (n :: ns) * mean_draw (n :: ns) Y) ->
  (forall Y, E (words T) (fun w => on_success ns Y w) = success T ns * mean_draw ns Y) ->
  E (words T.+1) (fun w => on_success (n :: ns) X w) =
  (n * scale n)%:R / range.+1%:R * success T ns * mean_draw (n :: ns) X +
  (1 - (n * scale n)%:R / range.+1%:R) * success T (n :: ns) * mean_draw (n :: ns) X.
Proof.
move=> fit_n same rest; rewrite (E_powerS word T (fun w => on_success (n :: ns) X w)).
transitivity (E word (fun x : 'I_range.+1 => if (x %/ scale n < n)%N
    then E (words T) (fun w => on_success ns (fun ks => X ((x %/ scale n)%N :: ks)) w)
    else E (words T) (fun w => on_success (n :: ns) X w))).
  apply: eq_E => x; case: ifP => in_range; apply: eq_E => w;
    by rewrite on_success_cons in_range.
rewrite (E_word (fun k => E (words T) (fun w => on_success ns (fun ks => X (k :: ks)) w))) // same.
rewrite mulrA; congr (_ + _); under eq_bigr do rewrite rest.
have n0 := fits_gt0 fit_n; have N0 : range.+1%:R != 0 :> R by rewrite pnatr_eq0.
rewrite -mulr_sumr /= natrM; move: (\sum_(k < n) _) (success T ns) (range.+1%:R) N0 => S Q N N0.
by field; rewrite N0 n0.
Qed.

Theorem draws_uniform T ns X : all fits ns ->
  E (words T) (fun w => on_success ns X w) = success T ns * mean_draw ns X.
Proof.
elim: T ns X => [|T IH] [|n ns] X ok.
- by rewrite /success !E_success_nil mul1r.
- by rewrite /success !(E_power0 word (on_success _ _)) mul0r.
- by rewrite /success !E_success_nil mul1r.
have /andP[fit_n ok_ns] := ok; have same Y := IH (n :: ns) Y ok; have rest Y := IH ns Y ok_ns.
rewrite /success !(E_success_cons _ fit_n same rest) (mean_draw_cst 1 ok) !mulr1.
by rewrite -mulrDl.
Qed.

(** ** How many words are enough *)

Lemma success_cons T n ns : all fits (n :: ns) -> success T.+1 (n :: ns) =
  (n * scale n)%:R / range.+1%:R * success T ns +
  (1 - (n * scale n)%:R / range.+1%:R) * success T (n :: ns).
Proof.
move=> ok; have /andP[fit_n ok_ns] := ok.
rewrite /success (E_success_cons _ fit_n (fun Y => draws_uniform T Y ok)
  (fun Y => draws_uniform T Y ok_ns)).
by rewrite (mean_draw_cst 1 ok) !mulr1.
Qed.

Lemma success_nil T : success T [::] = 1.
Proof. exact: E_success_nil. Qed.

Lemma success_ge0 T ns : 0 <= success T ns.
Proof. by apply: E_ge0 => w; rewrite /on_success; case: bounded_draws => // _; exact: ler01. Qed.

Lemma accepted_le1 n : fits n -> (n * scale n)%:R / range.+1%:R <= 1 :> R.
Proof. by case/and3P=> _ _ le; rewrite ler_pdivr_mulr ?ltr0Sn // mul1r ler_nat. Qed.

Theorem success_gt0 T ns : all fits ns -> (size ns <= T)%N -> 0 < success T ns.
Proof.
elim: T ns => [|T IH] [|n ns] ok // le; rewrite ?success_nil ?ltr01 // success_cons //.
have /andP[fit_n ok_ns] := ok; apply: ltr_paddr.
  by rewrite mulr_ge0 ?success_ge0 // subr_ge0 accepted_le1.
by case/and3P: fit_n => n0 s0 _; rewrite mulr_gt0 ?IH // divr_gt0 ?ltr0Sn // ltr0n muln_gt0 n0.
Qed.

Theorem one_draw_fails T n : fits n ->
  1 - success T [:: n] = (1 - (n * scale n)%:R / range.+1%:R) ^+ T.
Proof.
move=> fit_n; elim: T => [|T IH].
  by rewrite /success (E_power0 word (on_success _ _)) subr0 expr0.
rewrite success_cons /= ?fit_n // success_nil mulr1 exprS -IH; ring.
Qed.

End Uniform.

Theorem gsl_draw_fails (R : realFieldType) range n T : (0 < n)%N -> (n <= range)%N ->
  1 - success R range (fun m => range %/ m)%N T [:: n] <= 2%:R^-1 ^+ T.
Proof.
move=> n0 le; have fit_n := gsl_fits n0 le; rewrite (one_draw_fails _ T fit_n).
rewrite ler_expn2r ?nnegrE ?invr_ge0 ?ler0n //; first by rewrite subr_ge0 accepted_le1.
rewrite ler_subl_addr -ler_subl_addl (_ : 1 - 2%:R^-1 = 2%:R^-1); last by field.
rewrite ler_pdivl_mulr ?ltr0Sn // ler_pdivr_mull ?ltr0n // -natrM ler_nat.
have s0 : (0 < range %/ n)%N by rewrite divn_gt0.
rewrite {1}(divn_eq range n) -addnS mulnC mul2n -addnn leq_add2l.
by apply: leq_trans (ltn_pmod range n0) _; rewrite leq_pmulr.
Qed.

(** ** The law of all the draws of a run *)

Section Law.

Variable R : realFieldType.
Implicit Types (ns ks : seq nat).

(** All sequences of draws. *)
Fixpoint results ns : seq (seq nat) :=
  if ns is n :: ns' then [seq k :: ks | k <- iota 0 n, ks <- results ns'] else [:: [::]].

Lemma mem_results ns ks : (ks \in results ns) = (all2 ltn ks ns).
Proof.
elim: ns ks => [|n ns IH] [|k ks] //=.
  by apply/negbTE/negP => /allpairsP[[k ks] []].
apply/allpairsP/andP => [[[k' ks'] [kn ksn [-> ->]]]|[kn ksn]].
  by rewrite -IH; split=> //; move: kn; rewrite mem_iota.
by exists (k, ks); rewrite mem_iota IH.
Qed.

Lemma size_result ns ks : ks \in results ns -> size ks = size ns.
Proof. by rewrite mem_results; elim: ns ks => [|n ns IH] [|k ks] //= /andP[_ /IH->]. Qed.

Lemma nth_result ns ks i : ks \in results ns -> (i < size ns)%N ->
  (nth 0%N ks i < nth 0%N ns i)%N.
Proof.
rewrite mem_results; elim: ns ks i => [|n ns IH] [|k ks] [|i] //= /andP[kn ks_ok] //.
exact: IH.
Qed.

Lemma results_uniq ns : uniq (results ns).
Proof.
elim: ns => //= n ns IH; apply: allpairs_uniq; rewrite ?iota_uniq // => -[k ks] [l ls] _ _ /=.
by case=> -> ->.
Qed.

Lemma size_results ns : size (results ns) = (\prod_(n <- ns) n)%N.
Proof.
elim: ns => [|n ns IH]; first by rewrite big_nil.
by rewrite big_cons -IH /= size_allpairs size_iota.
Qed.

Lemma mean_draw_results ns (X : seq nat -> R) :
  mean_draw ns X = (size (results ns))%:R^-1 * \sum_(ks <- results ns) X ks.
Proof.
elim: ns X => [|n ns IH] X; first by rewrite /= big_seq1 invr1 mul1r.
rewrite /= size_allpairs size_iota natrM invfM -mulrA; congr (_ * _).
under eq_bigr do rewrite IH.
rewrite -mulr_sumr big_allpairs_dep; congr (_ * _).
by rewrite -(big_mkord xpredT (fun k => \sum_(ks <- results ns) X (k :: ks))) /index_iota subn0.
Qed.

(** Sequences of draws that name each point of U once make U uniform. *)
Lemma mean_draw_uniform ns (U : finType) (u0 : U) (f : seq nat -> U) (X : U -> R) :
  {in results ns &, injective f} -> #|U| = (\prod_(n <- ns) n)%N ->
  mean_draw ns (fun ks => X (f ks)) = E (uniform R u0) X.
Proof.
move=> inj card; rewrite mean_draw_results E_uniform card -size_results; congr (_ * _).
have uniq_f : uniq (map f (results ns)) by rewrite map_inj_in_uniq ?results_uniq.
rewrite -(big_map f xpredT X) big_uniq //; apply: eq_bigl => u.
have /subset_cardP : #|map f (results ns)| = #|U|.
  by rewrite (card_uniqP uniq_f) size_map size_results -card.
by move=> /(_ (subset_predT _)) ->.
Qed.

(** ** One permutation *)

(** Draws below 2, ..., d; the first coordinate needs none. *)
Definition bounds d : seq nat := iota 2 d.-1.

Definition draws_of d ks : draws d :=
  [ffun k : 'I_d => insubd (ord0 : 'I_k.+1) (nth 0%N (0%N :: ks) k)].

Lemma draws_of_inj d : {in results (bounds d) &, injective (draws_of d)}.
Proof.
move=> ks ls ks_ok ls_ok /ffunP same.
have size_d ms : ms \in results (bounds d) -> size ms = d.-1.
  by move/size_result ->; rewrite size_iota.
apply: (@eq_from_nth _ 0%N) => [|i]; rewrite ?size_d // => i_lt.
have lt_d : (i.+1 < d)%N by case: (d) i_lt.
have at_i ms : ms \in results (bounds d) -> draws_of d ms (Ordinal lt_d) = nth 0%N ms i :> nat.
  move=> ms_ok; rewrite ffunE val_insubd /= (_ : (_ < _)%N = true) //.
  have := nth_result ms_ok (_ : i < size (bounds d))%N; rewrite size_iota => /(_ i_lt).
  by rewrite nth_iota // add2n.
by rewrite -(at_i ks) // -(at_i ls) // same.
Qed.

Theorem shuffle_draw d (X : 'S_d -> R) :
  mean_draw (bounds d) (fun ks => X (shuffle (draws_of d ks))) = E (uniform_perm R d) X.
Proof.
apply: mean_draw_uniform => [ks ls ks_ok ls_ok /shuffle_inj|]; first exact: draws_of_inj.
rewrite card_Sn fact_prod /bounds; case: d X => [|d] X; first by rewrite !big_nil.
by rewrite big_ltn // mul1n /index_iota !subSS subn0.
Qed.

(** ** Several in a row: workers, rounds *)

Lemma mean_draw_cat ns1 ns2 (X : seq nat -> R) :
  mean_draw (ns1 ++ ns2) X = mean_draw ns1 (fun a => mean_draw ns2 (fun b => X (a ++ b))).
Proof.
elim: ns1 X => [|n ns1 IH] X //=; congr (_ * _).
by apply: eq_bigr => k _; rewrite IH.
Qed.

Lemma eq_mean_draw ns (X Y : seq nat -> R) :
  (forall ks, size ks = size ns -> X ks = Y ks) -> mean_draw ns X = mean_draw ns Y.
Proof.
elim: ns X Y => [|n ns IH] X Y XY /=; first exact: XY.
congr (_ * _); apply: eq_bigr => k _; apply: IH => ks size_ks.
by apply: XY; rewrite /= size_ks.
Qed.

(** f of each of K portions of m draws. *)
Fixpoint portions (U : Type) m (f : seq nat -> U) K ks : seq U :=
  if K is K'.+1 then f (take m ks) :: portions m f K' (drop m ks) else [::].

Lemma mean_draw_portions (U : finType) (P : dist R U) ns (f : seq nat -> U) K (X : seq U -> R) :
  (forall Y, mean_draw ns (fun ks => Y (f ks)) = E P Y) ->
  mean_draw (flatten (nseq K ns)) (fun ks => X (portions (size ns) f K ks)) =
  E (power P K) (fun w => X w).
Proof.
move=> law_f; elim: K X => [|K IH] X; first by rewrite (E_power0 P (fun w => X w)).
rewrite (E_powerS P K (fun w => X w)) /= mean_draw_cat -law_f.
apply: eq_mean_draw => a size_a; rewrite -(IH (fun w => X (f a :: w))).
apply: eq_mean_draw => b _ /=.
by rewrite take_size_cat // drop_size_cat.
Qed.

(** Independent draws of n workers, as a sequence and as a family. *)
Lemma power_family (U : finType) (u0 : U) (P : dist R U) n (X : {ffun 'I_n -> U} -> R) :
  E (power P n) (fun w => X [ffun i : 'I_n => nth u0 w i]) =
  E (family (fun _ : 'I_n => P)) X.
Proof.
pose g (w : n.-tuple U) : {ffun 'I_n -> U} := [ffun i => tnth w i].
have bij_g : bijective g.
  exists (fun h : {ffun 'I_n -> U} => [tuple h i | i < n]) => [w|h].
    by apply: eq_from_tnth => i; rewrite tnth_mktuple ffunE.
  by apply/ffunP => i; rewrite ffunE tnth_mktuple.
rewrite /E [RHS](reindex g) /=; last exact: onW_bij.
apply: eq_bigr => w _; congr (_ * X _).
  by rewrite /power_mass /family_mass big_tuple; apply: eq_bigr => i _; rewrite ffunE.
by apply/ffunP => i; rewrite !ffunE (tnth_nth u0).
Qed.

End Law.

(** ** From words to runs *)

Section Runs.

Variables (R : realFieldType) (range : nat) (scale : nat -> nat) (n d q : nat).
Hypothesis d_fits : forall m, (1 < m <= d)%N -> fits range scale m.
Implicit Type (T K : nat).

(** The permutation that draws give, and those of the n workers of Rand-q. *)
Definition permutation_of ks : 'S_d := shuffle (draws_of d ks).
Definition permutations_of ks : {ffun 'I_n -> 'S_d} :=
  [ffun i : 'I_n => nth 1%g (portions (size (bounds d)) permutation_of n ks) i].

(** The bounds of the draws of a round, and of K rounds. *)
Definition worker_bounds : seq nat := flatten (nseq n (bounds d)).
Definition rounds_bounds K (round : seq nat) : seq nat := flatten (nseq K round).

Lemma bounds_fit : all (fits range scale) (bounds d).
Proof.
apply/allP => m; rewrite mem_iota => /andP[m2 md]; apply: d_fits; rewrite m2 /=.
by case: (d) md => [|d'] /= md; [rewrite ltnNge m2 in md | rewrite -ltnS].
Qed.

Lemma flatten_fit K ns : all (fits range scale) ns -> all (fits range scale) (flatten (nseq K ns)).
Proof. by move=> ok; elim: K => //= K IH; rewrite all_cat ok. Qed.

Theorem words_permutation T (X : 'S_d -> R) :
  E (words R range T) (fun w => on_success scale (bounds d) (fun ks => X (permutation_of ks)) w) =
  success R range scale T (bounds d) * E (uniform_perm R d) X.
Proof. by rewrite (draws_uniform T _ bounds_fit) (shuffle_draw X). Qed.

(** A worker of Rand-q keeps the first q places: each subset of q coordinates is equally likely. *)
Theorem words_subset T (A : {set 'I_d}) : (0 < q)%N -> (q <= d)%N -> #|A| = q ->
  E (words R range T) (fun w => on_success scale (bounds d)
    (fun ks => ([set j | member (kept d q) (permutation_of ks) j] == A)%:R) w) =
  success R range scale T (bounds d) / 'C(d, q)%:R.
Proof.
move=> q0 qd cardA; rewrite (words_permutation T (fun s => ([set j | member _ s j] == A)%:R)).
by rewrite (rand_subset_uniform R qd cardA).
Qed.

Theorem perm_rounds T K (X : seq 'S_d -> R) :
  let ns := rounds_bounds K (bounds d) in
  E (words R range T) (fun w => on_success scale ns
    (fun ks => X (portions (size (bounds d)) permutation_of K ks)) w) =
  success R range scale T ns * E (power (uniform_perm R d) K) (fun s => X s).
Proof.
move=> ns; rewrite (draws_uniform T _ (flatten_fit K bounds_fit)).
by rewrite (mean_draw_portions (P := uniform_perm R d) (f := permutation_of)) // => Y;
  exact: shuffle_draw.
Qed.

Lemma workers_draw (X : {ffun 'I_n -> 'S_d} -> R) :
  mean_draw worker_bounds (fun ks => X (permutations_of ks)) = E (law (rand_sketch R n d q)) X.
Proof.
rewrite -(power_family 1%g (uniform_perm R d) X).
rewrite -(mean_draw_portions (P := uniform_perm R d) (ns := bounds d) (f := permutation_of) n
  (fun w => X [ffun i : 'I_n => nth 1%g w i])) // => Y; exact: shuffle_draw.
Qed.

Theorem rand_rounds T K (X : seq {ffun 'I_n -> 'S_d} -> R) :
  let ns := rounds_bounds K worker_bounds in
  E (words R range T) (fun w => on_success scale ns
    (fun ks => X (portions (size worker_bounds) permutations_of K ks)) w) =
  success R range scale T ns * E (power (law (rand_sketch R n d q)) K) (fun s => X s).
Proof.
move=> ns; rewrite (draws_uniform T _ (flatten_fit K (flatten_fit n bounds_fit))).
by rewrite (mean_draw_portions (P := law (rand_sketch R n d q)) (f := permutations_of)) // => Y;
  exact: workers_draw.
Qed.

Variables (p : problem R n d) (gamma : R) (x : 'cV[R]_d) (F : 'cV[R]_d -> R).

(** Perm-q, and the scaled sketch with its scales a. *)
Corollary perm_run T K (a : 'I_n -> 'I_d -> R) :
  let ns := rounds_bounds K (bounds d) in
  E (words R range T) (fun w => on_success scale ns (fun ks =>
    F (foldl (round p gamma (s := block_sketch q a)) x
      (portions (size (bounds d)) permutation_of K ks))) w) =
  success R range scale T ns * after p (block_sketch q a) gamma K F x.
Proof.
move=> ns; rewrite /after walk_power.
exact: (perm_rounds T K (fun s => F (foldl (round p gamma (s := block_sketch q a)) x s))).
Qed.

Corollary rand_run T K :
  let ns := rounds_bounds K worker_bounds in
  E (words R range T) (fun w => on_success scale ns (fun ks =>
    F (foldl (round p gamma (s := rand_sketch R n d q)) x
      (portions (size worker_bounds) permutations_of K ks))) w) =
  success R range scale T ns * after p (rand_sketch R n d q) gamma K F x.
Proof.
move=> ns; rewrite /after walk_power.
exact: (rand_rounds T K (fun s => F (foldl (round p gamma (s := rand_sketch R n d q)) x s))).
Qed.

End Runs.

(** ** An instance: GSL's scales, for up to as many coordinates as the words have values *)

Theorem words_instance range d : (d <= range)%N ->
  (forall m, 1 < m <= d -> fits range (fun k => range %/ k) m)%N.
Proof.
by move=> le m /andP[m1 md]; apply: gsl_fits; [exact: ltnW | exact: leq_trans le].
Qed.
