(** * Rounding errors of a run, composed in the Euclidean norm

    Entry by entry, a round multiplies the errors that it finds by the absolute values of the
    entries of I - gamma B, and their bound can grow in every round. In the Euclidean norm it is the
    matrix itself that counts, and with 0 ⪯ gamma B ⪯ 2 I it lengthens nothing: errors then only add
    up. Here x^_k are computed points, X_k the exact ones of the same outcomes, and eps_k bounds the
    distance of x^_{k+1} to the exact round from x^_k.

    - [composed]: if every step k is Lipschitz with constant c_k, then ||x^_K - X_K|| is at most the
      recursion e_{k+1} = c_k e_k + eps_k; [composed_sum]: for c_k = 1 at most
      ||x^_0 - X_0|| + sum_{k<K} eps_k; [composed_geometric]: for c_k = c <> 1 and eps_k <= eps at
      most c^K ||x^_0 - X_0|| + eps (1 - c^K) / (1 - c), bounded in K if c < 1.
    - [round_lipschitz]: 0 ⪯ gamma B ⪯ 2 I makes a round Lipschitz with constant 1.
      [rounding_composition]: hence the sum, for every sketch. [rounding_bounded]: with B = I, as in
      scaled Perm-1, and 0 < gamma <= 1 at most (1 - gamma)^K ||x^_0 - X_0|| + eps / gamma.
    - [rows_loewner]: a symmetric matrix is ⪯ c I if the absolute values of each row sum to at most
      c.
    - [rows_within]: so L_i ⪰ 0 and, for each coordinate j, row sums of |gamma C_i L_i C_i| that add
      up to at most 2n over the workers, give 0 ⪯ gamma B ⪯ 2 I. It is enough that each is at most 2
      ([rows_within_workers]: Rand-q, the identity); of disjoint blocks, as in Perm-q and the scaled
      sketch, that each is at most 2n ([rows_within_blocks]).
    - [rounding_within_rows]: these conditions, checked round by round, give the sum.
    - [entry_le_norm], [norm_le_entries]: from the norm to an entry, and from radii of the entries.

    Square roots are needed for the norm alone: the field is real closed. *)

From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Problem Theorem1 FisherYates UniformPermutation.
From Ist Require Import Mask PermSketch Conditioning MeanConvergence SecondMoment Stability.
From Ist Require Import Instances.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** ** The Euclidean norm *)

Section Norm.

Variables (R : rcfType) (d : nat).
Implicit Types x y : 'cV[R]_d.

Definition norm x : R := Num.sqrt (quad 1%:M x).

Lemma norm_ge0 x : 0 <= norm x.
Proof. exact: sqrtr_ge0. Qed.

Lemma norm_sqr x : norm x ^+ 2 = quad 1%:M x.
Proof. by rewrite sqr_sqrtr ?quad1_ge0. Qed.

Lemma le_norm x c : 0 <= c -> quad 1%:M x <= c ^+ 2 -> norm x <= c.
Proof. by move=> c0 le_c; rewrite -(ler_pexpn2r (_ : 0 < 2)%N) ?nnegrE ?norm_ge0 ?norm_sqr. Qed.

Theorem norm_triangle x y : norm (x + y) <= norm x + norm y.
Proof.
have sum0 : 0 <= norm x + norm y by rewrite addr_ge0 ?norm_ge0.
apply: le_norm => //; rewrite quadD; last exact: symm1.
rewrite sqrrD !norm_sqr ler_add2r ler_add2l -[X in _ <= X]mulr_natl ler_pmul2l ?ltr0n //.
apply: (le_trans (ler_norm _)).
rewrite -(ler_pexpn2r (_ : 0 < 2)%N) ?nnegrE ?mulr_ge0 ?norm_ge0 //.
rewrite real_normK ?num_real // exprMn !norm_sqr.
by apply: cauchy_schwarz; [exact: symm1 | exact: pd1].
Qed.

Lemma normZ c x : norm (c *: x) = `|c| * norm x.
Proof. by rewrite /norm quadZ sqrtrM ?sqr_ge0 // sqrtr_sqr. Qed.

Theorem entry_le_norm x j : `|x j 0| <= norm x.
Proof.
rewrite -(ler_pexpn2r (_ : 0 < 2)%N) ?nnegrE ?norm_ge0 // real_normK ?num_real // norm_sqr.
rewrite quad1_norm /norm_sq (bigD1 j) //= ler_addl; apply: sumr_ge0 => l _; exact: sqr_ge0.
Qed.

Theorem norm_le_entries x (r : 'I_d -> R) : (forall j, `|x j 0| <= r j) ->
  norm x <= Num.sqrt (\sum_j r j ^+ 2).
Proof.
move=> within; have r0 j : 0 <= r j by apply: le_trans (within j).
rewrite ler_wsqrtr // quad1_norm; apply: ler_sum => j _.
by rewrite -real_normK ?num_real // ler_pexpn2r ?nnegrE.
Qed.

End Norm.

(** ** Composition *)

Section Composition.

Variables (R : rcfType) (d : nat).

(** e_K of e_{k+1} = c_k e_k + eps_k, e_0 = e. *)
Fixpoint accumulated (c eps : nat -> R) (e : R) K : R :=
  if K is K'.+1 then c K' * accumulated c eps e K' + eps K' else e.

Variables (step : nat -> 'cV[R]_d -> 'cV[R]_d) (X x : nat -> 'cV[R]_d) (eps : nat -> R) (K : nat).
Hypothesis exact_steps : forall k, (k < K)%N -> X k.+1 = step k (X k).
Hypothesis close_steps : forall k, (k < K)%N -> norm (x k.+1 - step k (x k)) <= eps k.

Definition lipschitz k (c : R) := forall y z, norm (step k y - step k z) <= c * norm (y - z).

Theorem composed c : (forall k, (k < K)%N -> 0 <= c k) ->
  (forall k, (k < K)%N -> lipschitz k (c k)) ->
  norm (x K - X K) <= accumulated c eps (norm (x 0%N - X 0%N)) K.
Proof.
elim: K exact_steps close_steps => [|k IH] exact close c0 lip /=; first exact: lexx.
have before j : (j < k)%N -> (j < k.+1)%N by move/ltnW.
have {}IH := IH (fun j jk => exact j (before j jk)) (fun j jk => close j (before j jk))
  (fun j jk => c0 j (before j jk)) (fun j jk => lip j (before j jk)).
rewrite (exact k) // (_ : _ - _ = (step k (x k) - step k (X k)) + (x k.+1 - step k (x k))).
  apply: (le_trans (norm_triangle _ _)); apply: ler_add (close k _) => //.
  by apply: (le_trans (lip k _ _ _)) => //; rewrite ler_wpmul2l ?c0.
by rewrite addrAC addrCA subrr addr0.
Qed.

Corollary composed_sum : (forall k, (k < K)%N -> lipschitz k 1) ->
  norm (x K - X K) <= norm (x 0%N - X 0%N) + \sum_(k < K) eps k.
Proof.
move=> lip; apply: (le_trans (composed (c := fun=> 1) _ lip)) => //.
by elim: (K) => [|k IH] /=; rewrite ?big_ord0 ?addr0 // big_ord_recr mul1r addrA ler_add2r.
Qed.

Corollary composed_geometric c e : 0 <= c -> c != 1 -> (forall k, (k < K)%N -> lipschitz k c) ->
  (forall k, (k < K)%N -> eps k <= e) ->
  norm (x K - X K) <= c ^+ K * norm (x 0%N - X 0%N) + e * ((1 - c ^+ K) / (1 - c)).
Proof.
move=> c0 c1 lip le_e; apply: (le_trans (composed (c := fun=> c) _ lip)) => //.
have c1' : 1 - c != 0 by rewrite subr_eq0 eq_sym.
move: (norm _) le_e => a; elim: (K) => [|k IH] le_e /=.
  by rewrite expr0 mul1r subrr mul0r mulr0 addr0.
apply: (le_trans (ler_add (ler_wpmul2l c0 (IH _)) (le_e k _))) => // [j jk|].
  exact: le_e (ltnW jk).
by rewrite le_eqVlt; apply/orP; left; apply/eqP; rewrite exprS; field.
Qed.

End Composition.

(** ** Rounds that lengthen nothing *)

(** 0 ⪯ gamma B ⪯ 2 I *)
Definition within_two (R : realFieldType) n d (p : problem R n d) (s : sketch R n d) (gamma : R)
    (t : outcome s) : Prop :=
  psd (gamma *: B p t) /\ loewner (gamma *: B p t) (2%:R *: 1%:M).

Section Rounds.

Variables (R : rcfType) (n d : nat) (p : problem R n d) (s : sketch R n d).
Implicit Types (t : outcome s) (gamma : R).

Theorem round_lipschitz gamma t : within_two p gamma t ->
  forall x y, norm (round p gamma x t - round p gamma y t) <= 1 * norm (x - y).
Proof.
move=> [psdB leB] x y; rewrite round_difference /shrink mul1r.
apply: le_norm; first exact: norm_ge0.
rewrite norm_sqr; have := @image_bound _ _ (1%:M - gamma *: B p t) 1 (x - y).
rewrite expr1n mul1r; apply=> // [|z|z].
- by rewrite /symm linearB /= linearZ /= trmx1 B_sym.
- by rewrite quad_subm mul1r ler_subl_addr ler_addl.
- rewrite quad_subm mul1r ler_subr_addr addrC ler_subl_addr.
  by have := leB z; rewrite [X in _ <= X]quad_scalem mulr_natl mulr2n.
Qed.

Variables (gamma : R) (t : nat -> outcome s) (x0 : 'cV[R]_d).

(** X_k, as [iterate] has it for a run of these outcomes. *)
Definition exact k : 'cV[R]_d := foldl (round p gamma) x0 (mkseq t k).

Lemma exactS k : exact k.+1 = round p gamma (exact k) (t k).
Proof. by rewrite /exact mkseqS -cats1 foldl_cat. Qed.

Lemma exact_iterate k K : (k <= K)%N -> exact k = iterate p gamma x0 (mkseq t K) k.
Proof.
move=> kK; rewrite /exact /iterate; congr (foldl _ _ _); rewrite /mkseq -map_take take_iota.
by rewrite (minn_idPl kK).
Qed.

Variables (x : nat -> 'cV[R]_d) (eps : nat -> R) (K : nat).
Hypothesis close_rounds : forall k, (k < K)%N -> norm (x k.+1 - round p gamma (x k) (t k)) <= eps k.

Theorem rounding_composition : (forall k, (k < K)%N -> within_two p gamma (t k)) ->
  norm (x K - exact K) <= norm (x 0%N - x0) + \sum_(k < K) eps k.
Proof.
move=> two; apply: (@composed_sum _ _ (fun k y => round p gamma y (t k)) exact) => // k kK.
  exact: exactS.
by move=> y z; apply: round_lipschitz; exact: two.
Qed.

Theorem rounding_bounded e : (forall u : outcome s, B p u = 1%:M) -> 0 < gamma -> gamma <= 1 ->
  (forall k, (k < K)%N -> eps k <= e) -> 0 <= e ->
  norm (x K - exact K) <= (1 - gamma) ^+ K * norm (x 0%N - x0) + e / gamma.
Proof.
move=> one g0 g1 le_e e0; have c0 : 0 <= 1 - gamma by rewrite subr_ge0.
apply: (le_trans (@composed_geometric _ _ (fun k y => round p gamma y (t k)) exact x eps K _ _
  (1 - gamma) e _ _ _ le_e)) => //.
- by move=> k _; exact: exactS.
- by rewrite -subr_eq0 addrAC subrr sub0r oppr_eq0 gt_eqF.
- move=> k _ y1 y2; rewrite round_difference /shrink one mulmxBl -scalemxAl !mul1mx.
  by rewrite -{1}[y1 - y2]scale1r -scalerBl normZ ger0_norm.
rewrite ler_add2l ler_wpmul2l // opprB addrCA subrr addr0.
by rewrite ler_pimull ?invr_ge0 ?(ltW g0) // ler_subl_addr ler_addl exprn_ge0.
Qed.

End Rounds.

(** ** A sufficient condition on row sums *)

Section Rows.

Variables (R : realFieldType) (d : nat).

Theorem rows_loewner (S : 'M[R]_d) c : symm S -> (forall j, \sum_l `|S j l| <= c) ->
  loewner S (c *: 1%:M).
Proof.
move=> symS rows x; rewrite quad_scalem quad1_norm /norm_sq mulr_sumr quad_sum_entries.
pose half (j l : 'I_d) : R := 2%:R^-1 * (`|S j l| * x j 0 ^+ 2).
apply: (@le_trans _ _ (\sum_j \sum_l (half j l + half l j))).
  apply: ler_sum => j _; apply: ler_sum => l _.
  have Sl : S l j = S j l by rewrite -[in LHS]symS mxE.
  rewrite /half Sl -mulrDr -mulrDr mulrCA.
  apply: (le_trans (ler_norm _)); rewrite !normrM mulrAC mulrC ler_wpmul2l //.
  rewrite ler_pdivl_mull ?ltr0n // -[x j 0 ^+ 2]real_normK ?num_real //.
  rewrite -[x l 0 ^+ 2]real_normK ?num_real // -subr_ge0.
  by move: `|x j 0| `|x l 0| => a b; rewrite (_ : _ - _ = (a - b) ^+ 2) ?sqr_ge0 //; ring.
under eq_bigr do rewrite big_split /=.
rewrite big_split /= [X in _ + X]exchange_big -big_split /=; apply: ler_sum => j _.
rewrite /half -mulr_sumr -mulr_suml -mulrDl (_ : 2%:R^-1 + 2%:R^-1 = 1); last by field.
by rewrite mul1r ler_wpmul2r ?sqr_ge0.
Qed.

End Rows.

Section Blocks.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (gamma : R).
Hypothesis hess_psd : forall i, psd (hess p i).
Hypothesis gamma_ge0 : 0 <= gamma.

Section Sketch.

Variables (s : sketch R n d) (t : outcome s).

(** gamma C_i L_i C_i *)
Definition scaled_block i : 'M[R]_d := gamma *: (C t i *m hess p i *m C t i).

(** The absolute values in row j of the scaled block of worker i. *)
Definition row_sum i j : R := \sum_l `|scaled_block i j l|.

Lemma scaled_block_sym i : symm (scaled_block i).
Proof. by rewrite /symm linearZ /= !tr_mul C_sym hess_sym mulmxA. Qed.

Lemma scaled_block_psd i : psd (scaled_block i).
Proof.
move=> x; rewrite quad_scalem mulr_ge0 //.
by have := psd_congr (C t i) (hess_psd i) x; rewrite C_sym.
Qed.

Lemma mean_scaled_blocks : gamma *: B p t = mean scaled_block.
Proof. by rewrite mean_scale. Qed.

Lemma step_psd : psd (gamma *: B p t).
Proof. by rewrite mean_scaled_blocks; apply: mean_psd => i; exact: scaled_block_psd. Qed.

Let n_gt0 : 0 < n%:R :> R.
Proof. by rewrite ltr0n (workers_gt0 p). Qed.

Theorem rows_within : (forall j, \sum_i row_sum i j <= 2%:R * n%:R) -> within_two p gamma t.
Proof.
move=> rows; split; first exact: step_psd.
apply: rows_loewner => [|j]; first by rewrite /symm linearZ /= B_sym.
rewrite mean_scaled_blocks; apply: (@le_trans _ _ (n%:R^-1 * \sum_i row_sum i j)).
  rewrite exchange_big mulr_sumr; apply: ler_sum => l _.
  rewrite mxE summxE normrM ger0_norm ?invr_ge0 ?ler0n // ler_wpmul2l ?invr_ge0 ?ler0n //.
  exact: ler_norm_sum.
by rewrite ler_pdivr_mull // mulrC.
Qed.

Corollary rows_within_workers : (forall i j, row_sum i j <= 2%:R) -> within_two p gamma t.
Proof.
move=> rows; apply: rows_within => j; apply: (@le_trans _ _ (\sum_(i < n) 2%:R)).
  by apply: ler_sum => i _; exact: rows.
by rewrite sumr_const card_ord -mulr_natr.
Qed.

End Sketch.

(** A coordinate's row is zero in the blocks of all workers but its owner. *)
Corollary rows_within_blocks q (a : 'I_n -> 'I_d -> R) (t : outcome (block_sketch q a)) :
  d = (n * q)%N -> (forall i j, member (slot d q i) t j -> row_sum t i j <= 2%:R * n%:R) ->
  within_two p gamma t.
Proof.
move=> d_nq rows; apply: rows_within => j.
have q0 : (0 < q)%N by case: (q) d_nq j => // ->; rewrite muln0 => -[].
rewrite (bigD1 (Ordinal (owner_lt d_nq q0 t j))) //= big1 => [|i not_owner].
  by rewrite addr0; apply: rows; rewrite member_slot.
apply: big1 => l _; rewrite mxE mask_sandwichE member_slot (_ : (_ == _) = false); last first.
  by apply: contraNF not_owner => /eqP owner_i; apply/eqP/val_inj.
by rewrite mul0r !mulr0 normr0.
Qed.

End Blocks.

(** ** The theorem, with conditions that can be checked in every round *)

Section Checked.

Variables (R : rcfType) (n d : nat) (p : problem R n d) (s : sketch R n d).
Variables (gamma : R) (t : nat -> outcome s) (x0 : 'cV[R]_d) (x : nat -> 'cV[R]_d).
Variables (r : nat -> 'I_d -> R) (K : nat).

Theorem rounding_within_rows : (forall i, psd (hess p i)) -> 0 <= gamma ->
  (forall k j, (k < K)%N -> \sum_i row_sum p gamma (t k) i j <= 2%:R * n%:R) ->
  (forall k j, (k < K)%N -> `|x k.+1 j 0 - round p gamma (x k) (t k) j 0| <= r k j) ->
  norm (x K - exact p gamma t x0 K) <=
  norm (x 0%N - x0) + \sum_(k < K) Num.sqrt (\sum_j r k j ^+ 2).
Proof.
move=> psdL g0 rows close.
apply: (@rounding_composition _ _ _ _ _ _ _ _ _ (fun k => Num.sqrt (\sum_j r k j ^+ 2))) => k kK.
  by apply: norm_le_entries => j; have := close k j kK; rewrite !mxE.
by apply: rows_within => // j; exact: rows.
Qed.

End Checked.

(** ** Instances: L = (I + J)/2, four workers, gamma = 1/5 *)

Section Instance.

Variable R : rcfType.

Notation central := (central R).
Notation gamma := (5%:R^-1 : R).

Lemma central_row j : \sum_l `|half_ones R 4 j l| = 5%:R / 2%:R.
Proof.
have one : \sum_(l < 4) (j == l)%:R = 1 :> R.
  by rewrite -[RHS](sum_at (fun=> 1) j); apply: eq_bigr => l _; rewrite mul1r.
under eq_bigr do rewrite !mxE ger0_norm ?mulr_ge0 ?invr_ge0 ?addr_ge0 ?ler0n ?ler01 //.
by rewrite -mulr_sumr big_split /= sumr_const card_ord one; field.
Qed.

(** Perm-1 meets the condition of blocks, gradient descent that of workers, and both the sum. *)
Theorem rows_instance :
  [/\ forall i, psd (hess central i), 0 <= gamma,
      forall t i j, row_sum central gamma (s := perm_sketch R 4 4 1) t i j <= 2%:R * 4%:R,
      forall t i j, row_sum central gamma (s := identity R 4 4) t i j <= 2%:R &
      forall t j, \sum_i row_sum central gamma (s := identity R 4 4) t i j <= 2%:R * 4%:R].
Proof.
have g0 : 0 <= gamma by rewrite invr_ge0 ler0n.
have one i t j : row_sum central gamma (s := identity R 4 4) t i j = 2%:R^-1.
  rewrite /row_sum; under eq_bigr do rewrite mxE mul1mx mulmx1 normrM (ger0_norm g0).
  by rewrite -mulr_sumr central_row; field.
split=> // [i|t i j|t i j|t j].
- by apply: pd_psd; exact: half_ones_pd.
- apply: (@le_trans _ _ (\sum_l gamma * 16%:R * `|half_ones R 4 j l|)); last first.
    by rewrite -mulr_sumr central_row le_eqVlt; apply/orP; left; apply/eqP; field.
  apply: ler_sum => l _; rewrite mxE mask_sandwichE normrM (ger0_norm g0).
  rewrite -[X in _ <= X]mulrA ler_wpmul2l //.
  case: member; case: member => /=; rewrite ?mulr0 ?mul0r ?mulr0 ?normr0 ?mulr_ge0 ?normr_ge0
    ?ler0n // !mulr1.
  by rewrite mulrAC -natrM normrM (ger0_norm (ler0n _ _)).
- by rewrite one; apply: (@le_trans _ _ 1); rewrite ?invf_le1 ?ltr0n ?ler1n.
- under eq_bigr do rewrite one.
  rewrite sumr_const card_ord (_ : 2%:R^-1 *+ 4 = 2%:R :> R); last first.
    by rewrite -[LHS]mulr_natr; field.
  by rewrite ler_pemulr ?ler0n ?ler1n.
Qed.

(** Computed points that are not the exact ones, within 1 of the exact round each time. *)
Theorem composition_instance (t : nat -> outcome (identity R 4 4)) x0 :
  exists x : nat -> 'cV[R]_4, [/\ x 0%N = x0, x 1%N != exact central gamma t x0 1 &
    forall k j, `|x k.+1 j 0 - round central gamma (x k) (t k) j 0| <= 1].
Proof.
pose x := fix x k := if k is k'.+1 then
  round central gamma (x k') (t k') + delta_mx 0 0 else x0.
exists x; split=> // [|k j].
  rewrite exactS /exact /= -subr_eq0 addrAC subrr add0r.
  by apply/eqP => /colP/(_ 0); rewrite !mxE; apply/eqP; exact: oner_neq0.
rewrite /= -/(x k) mxE addrAC subrr add0r mxE; case: (_ && _); rewrite ?normr1 ?normr0 ?ler01 //.
Qed.

End Instance.
