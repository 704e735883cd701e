(** * When the mean of the iterates converges (N8)

    E x_k = x_inf + (I - gamma M)^k (x_0 - x_inf), M = E[B] ([mean_run] in Dynamics.v). Over an
    Archimedean field, such as the reals:

    - [powers_converge]: for A symmetric, A^k x -> 0 for every x iff -I ≺ A ≺ I. No spectral theorem
      is needed: ||A^k x|| is convex in k, on a logarithmic scale, and a positive definite matrix
      has
      a margin, A ⪰ I / (1 + tr A^-1).
    - [mean_converges]: E x_k -> x_inf from every x_0 iff 0 ≺ gamma M ≺ 2 I.
    - [mean_converges_max] (N8): if M ≻ 0, iff 0 < gamma < 2 / lambda_max(M).
    - [scaled_mean_pd], [scaled_mean_le]: for scaled Perm-q, M ≻ 0 and lambda_max(M) <= q, so that
      0 < gamma < 2 / q suffices ([scaled_mean_converges]).

    The last item asks, beyond L_i with positive diagonals, that the mean of the scaled matrices
    Ltilde_i = D_i^-1/2 L_i D_i^-1/2 be positive semidefinite, as it is if every L_i is
    ([scaled_workers_psd]); Lbar ≻ 0 alone does not give that. None of this is a theorem of the
    2023 preprint, whose (28) has q = 1, hence M = I without that hypothesis ([scaled1_B]). *)

From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Problem FisherYates UniformPermutation Mask
  PermSketch.
From Ist Require Import Conditioning Spectrum Dynamics Remarks.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Margin.

Variables (R : realFieldType) (d : nat).
Implicit Types (A : 'M[R]_d) (x y : 'cV[R]_d).

Lemma cauchy_schwarz A x y : symm A -> pd A -> inner A x y ^+ 2 <= quad A x * quad A y.
Proof.
move=> symA pdA; have [->|y0] := eqVneq y 0.
  by rewrite inner0r quad0 expr0n mulr0.
have q0 := pdA y y0; have := pd_psd pdA (quad A y *: x - inner A x y *: y).
rewrite quadB // !quadZ innerZl innerZr.
move: (quad A x) (inner A x y) (quad A y) q0 => qx t qy q0.
by rewrite (_ : _ + _ = qy * (qx * qy - t ^+ 2)) ?pmulr_rge0 ?subr_ge0 //; ring.
Qed.

Lemma pd_margin A : symm A -> pd A -> exists2 c, 0 < c & loewner (c *: 1%:M) A.
Proof.
move=> symA pdA; have uA := pd_unit pdA; pose t := \tr (invmx A).
have t0 : 0 <= t.
  by apply: sumr_ge0 => j _; rewrite -quad_delta; exact: pd_psd (pd_inv symA pdA) _.
have t1 : 0 < 1 + t by rewrite ltr_paddr ?ltr01.
exists (1 + t)^-1; first by rewrite invr_gt0.
move=> x; rewrite quad_scalem ler_pdivr_mull // quad1_norm mulrDl mul1r.
have q0 := pd_psd pdA x; apply: le_trans (_ : t * quad A x <= _); last by rewrite ler_addr.
rewrite mulr_suml; apply: ler_sum => j _.
have -> : x j 0 = inner A (invmx A *m delta_mx j 0) x.
  by rewrite inner_mull symm_inv // mulVmx // /inner mulmx1 trmx_delta -rowE mxE.
apply: (le_trans (cauchy_schwarz _ _ symA pdA)).
by rewrite [quad A (invmx A *m _)]/quad inner_mull inner_mulr symm_inv // mulVmx // mul1mx -/(quad
  _ _) quad_delta.
Qed.

Lemma contracts A : symm A -> pd (1%:M - A) -> pd (1%:M + A) ->
  exists delta, [/\ 0 < delta, delta < 1 & forall x, quad 1%:M (A *m x) <= delta ^+ 2 * quad 1%:M
    x].
Proof.
move=> symA pdm pdp; have sym1 := symm1 R d.
have [|c1 c10 low1] := @pd_margin (1%:M - A) _ pdm; first by rewrite /symm linearB /= sym1 symA.
have [|c2 c20 low2] := @pd_margin (1%:M + A) _ pdp; first by rewrite /symm linearD /= sym1 symA.
have h0 : 0 < 2%:R^-1 :> R by rewrite invr_gt0 ltr0n.
pose c := Num.min (Num.min c1 c2) 2%:R^-1.
have c0 : 0 < c by rewrite !lt_minr c10 c20 h0.
have c_half : c <= 2%:R^-1 by rewrite le_minl lexx orbT.
have delta0 : 0 < 1 - c.
  by rewrite subr_gt0 (le_lt_trans c_half) // invf_lt1 ?ltr1n ?ltr0n.
exists (1 - c); split=> //; first by rewrite ltr_subl_addr ltr_addl.
have cq e y : c <= e -> c * quad 1%:M y <= e * quad 1%:M y.
  by move=> ce; rewrite ler_wpmul2r // quad1_ge0.
move=> x; apply: image_bound => // y.
  have := low1 y; rewrite quad_scalem quad_subm => h.
  rewrite mulrBl mul1r ler_subr_addl -ler_subr_addr (le_trans _ h) // cq //.
  by rewrite !le_minl lexx.
have := low2 y; rewrite quad_scalem quad_addm => h.
rewrite mulrBl mul1r opprB ler_subl_addl (le_trans _ h) // cq //.
by rewrite !le_minl lexx orbT.
Qed.

(** ||A^k x||^2 does not decrease once it has not decreased. *)
Lemma powers_stay A x : symm A -> 0 < quad 1%:M x -> quad 1%:M x <= quad 1%:M (A *m x) ->
  forall k, quad 1%:M x <= quad 1%:M (iter k (mulmx A) x).
Proof.
move=> symA x0 grow k; pose N k := quad 1%:M (iter k (mulmx A) x).
have convex m : N m.+1 ^+ 2 <= N m * N m.+2.
  have -> : N m.+1 = inner 1%:M (iter m (mulmx A) x) (iter m.+2 (mulmx A) x).
    rewrite /N /= /quad; set y := iter m _ x.
    by rewrite inner_mull mulmx1 symA !inner_mulr mul1mx.
  by apply: cauchy_schwarz; [exact: symm1 | exact: pd1].
suff : N 0%N <= N k /\ N k <= N k.+1 by case.
elim: k => [|k [low up]]; first by split=> //; exact: lexx.
have pos : 0 < N k.+1 by apply: lt_le_trans (le_trans low up).
split; first exact: le_trans low up.
rewrite -(ler_pmul2l pos) -expr2; apply: (le_trans (convex k)).
by rewrite ler_wpmul2r // (quad1_ge0 _).
Qed.

Lemma stays_out A x : symm A -> x != 0 -> quad 1%:M x <= `|quad A x| ->
  forall k, quad 1%:M x <= quad 1%:M (iter k (mulmx A) x).
Proof.
move=> symA x0 big; have q0 : 0 < quad 1%:M x by exact: pd1.
apply: powers_stay => //; rewrite -(ler_pmul2l q0).
have -> : quad 1%:M x * quad 1%:M x = quad 1%:M x ^+ 2 by rewrite expr2.
have := cauchy_schwarz x (A *m x) (symm1 R d) (@pd1 R d).
rewrite inner_mulr mul1mx; apply: le_trans.
by rewrite -[X in _ <= X]real_normK ?num_real // !expr2 ler_pmul ?(ltW q0).
Qed.

End Margin.

Section Convergence.

Variables (R : archiFieldType) (d : nat).
Implicit Types (A : 'M[R]_d) (x y : 'cV[R]_d).

(** y_k -> 0 *)
Definition vanishes (y : nat -> 'cV[R]_d) : Prop :=
  forall eps, 0 < eps -> exists N, forall k, (N <= k)%N -> quad 1%:M (y k) < eps.

Theorem powers_converge A : symm A ->
  (forall x, vanishes (fun k => iter k (mulmx A) x)) <-> pd (1%:M - A) /\ pd (1%:M + A).
Proof.
move=> symA; split=> [conv|[pdm pdp] x eps eps0].
  have small x : x != 0 -> `|quad A x| < quad 1%:M x.
    move=> x0; rewrite ltNge; apply/negP => /(stays_out symA x0) out.
    have [|N /(_ N (leqnn N))] := conv x (quad 1%:M x); first exact: pd1.
    by rewrite ltNge out.
  split=> x /small; rewrite ltr_norml ?quad_subm ?quad_addm => /andP[low up].
    by rewrite subr_gt0.
  by rewrite addrC -ltr_subl_addr sub0r.
have [delta [delta0 delta1 contract]] := contracts symA pdm pdp.
have bound k : quad 1%:M (iter k (mulmx A) x) <= (delta ^+ 2) ^+ k * quad 1%:M x.
  elim: k => [|k IH]; first by rewrite expr0 mul1r.
  rewrite exprS -mulrA; apply: (le_trans (contract _)).
  by rewrite ler_wpmul2l // sqr_ge0.
have q1 : 0 < quad 1%:M x + 1 by rewrite ltr_paddl ?quad1_ge0 ?ltr01.
have [|||N small] := @geometric_limit R (delta ^+ 2) (eps / (quad 1%:M x + 1)).
- exact: sqr_ge0.
- by rewrite expr_lt1 // ltW.
- by rewrite divr_gt0.
exists N => k /small; rewrite ltr_pdivl_mulr // => h; apply: le_lt_trans h.
apply: (le_trans (bound k)); rewrite ler_wpmul2l ?ler_addl ?ler01 //.
by rewrite exprn_ge0 // sqr_ge0.
Qed.

Section Mean.

Variables (n : nat) (p : problem R n d) (s : sketch R n d) (gamma : R) (x_inf : 'cV[R]_d).
Hypothesis fixed : EB p s *m x_inf = Ev p s.

(** E x_k -> x_inf, whatever the start. *)
Definition mean_limit : Prop :=
  forall x0, vanishes (fun k => mean_at p s gamma x0 k - x_inf).

Theorem mean_converges :
  mean_limit <-> pd (gamma *: EB p s) /\ pd (2%:R *: 1%:M - gamma *: EB p s).
Proof.
have symA : symm (1%:M - gamma *: EB p s).
  by rewrite /symm linearB /= linearZ /= trmx1 EB_sym.
have error x0 k : mean_at p s gamma x0 k - x_inf =
    iter k (mulmx (1%:M - gamma *: EB p s)) (x0 - x_inf).
  by rewrite (mean_run gamma x0 k fixed) addrC addKr.
have -> : gamma *: EB p s = 1%:M - (1%:M - gamma *: EB p s) by rewrite opprB addrC subrK.
have -> : 2%:R *: 1%:M - (1%:M - (1%:M - gamma *: EB p s)) =
    1%:M + (1%:M - gamma *: EB p s) :> 'M_d.
  by move: (1%:M - gamma *: EB p s) => X; rewrite scaler_nat mulr2n opprB addrA addrAC addrK.
rewrite -powers_converge //; split=> conv x.
  by move=> eps /(conv (x + x_inf)) [N small]; exists N => k /small; rewrite error addrK.
by move=> eps /(conv (x - x_inf)) [N small]; exists N => k /small; rewrite error.
Qed.

Theorem mean_converges_max lambda : pd (EB p s) -> is_max (EB p s) lambda ->
  mean_limit <-> 0 < gamma /\ gamma < 2%:R / lambda.
Proof.
move=> pdM [up [x x0 top]].
have q0 : 0 < quad 1%:M x by exact: pd1.
have l0 : 0 < lambda by rewrite -(pmulr_lgt0 _ q0) -top; exact: pdM.
rewrite mean_converges; split=> [[pos below]|[g0 gl]].
  split; first by have := pos x x0; rewrite quad_scalem pmulr_lgt0 //; exact: pdM.
  have := below x x0; rewrite quad_subm !quad_scalem top mulrA -mulrBl pmulr_lgt0 //.
  by rewrite subr_gt0 ltr_pdivl_mulr.
split=> y y0; first by rewrite quad_scalem mulr_gt0 //; exact: pdM.
have qy : 0 < quad 1%:M y by exact: pd1.
rewrite quad_subm !quad_scalem subr_gt0; apply: (@le_lt_trans _ _ (gamma * (lambda * quad 1%:M y))).
  by rewrite ler_pmul2l //; have := up y; rewrite quad_scalem.
by rewrite mulrA ltr_pmul2r // -ltr_pdivl_mulr.
Qed.

End Mean.

End Convergence.

(** ** Scaled Perm-q *)

Section Scaled.

Variables (R : realFieldType) (n d q : nat) (p : problem R n d).
Hypothesis d_nq : d = (n * q)%N.
Hypothesis q_gt0 : (0 < q)%N.
Variable a : 'I_n -> 'I_d -> R.
Hypothesis a_sqr : forall i j, a i j ^+ 2 * hess p i j j = n%:R.

Notation M := (EB p (scaled_sketch q a)).
Notation T := (mean (Ltilde p a)).
Notation rho := (rho R d q).

(** A positive semidefinite form is at most its trace. *)
Lemma psd_trace (A : 'M[R]_d) x : symm A -> psd A -> quad A x <= \tr A * quad 1%:M x.
Proof.
move=> symA psdA; have h0 : 0 < 2%:R^-1 :> R by rewrite invr_gt0 ltr0n.
have pair j l : x j 0 * A j l * x l 0 <= 2%:R^-1 * (x l 0 ^+ 2 * A j j + x j 0 ^+ 2 * A l l).
  rewrite -subr_ge0; have := psdA (x l 0 *: delta_mx j 0 - x j 0 *: delta_mx l 0).
  rewrite quadB // !quadZ !quad_delta innerZl innerZr.
  have -> : inner A (delta_mx j 0) (delta_mx l 0) = A j l.
    by rewrite /inner trmx_delta -rowE -colE !mxE.
  move: (x j 0) (x l 0) (A j l) (A j j) (A l l) => y z b e f h.
  rewrite (_ : _ - _ = 2%:R^-1 * (z ^+ 2 * e - 2%:R * (z * (y * b)) + y ^+ 2 * f)); last by field.
  by rewrite pmulr_rge0.
rewrite quad_sum_entries; apply: (le_trans (ler_sum _ (fun j _ => ler_sum _ (fun l _ => pair j
  l)))).
have -> : \tr A * quad 1%:M x = \sum_j \sum_l x l 0 ^+ 2 * A j j.
  rewrite quad1_norm /mxtrace mulr_suml; apply: eq_bigr => j _.
  by rewrite mulr_sumr; apply: eq_bigr => l _; rewrite mulrC.
under eq_bigr do rewrite -mulr_sumr big_split /=.
rewrite -mulr_sumr big_split /= [X in _ + X]exchange_big /=.
by rewrite -mulr2n -[X in _ * X]mulr_natl mulrA mulVf ?mul1r // pnatr_eq0.
Qed.

Let n_gt0 : 0 < n%:R :> R. Proof. exact: n_gt0 p. Qed.

Lemma scale_neq0 i j : a i j != 0.
Proof.
apply/eqP => a0; have := a_sqr i j; rewrite a0 expr0n mul0r => /esym/eqP.
by rewrite gt_eqF.
Qed.

Lemma quad_Ltilde i x : quad (Ltilde p a i) x = n%:R^-1 * quad (hess p i) (diag_of (a i) *m x).
Proof. by rewrite quad_scalem /quad inner_mull inner_mulr diag_of_sym. Qed.

Lemma Ltilde_pd i : pd (hess p i) -> pd (Ltilde p a i).
Proof.
move=> pd_i x x0; rewrite quad_Ltilde mulr_gt0 ?invr_gt0 // pd_i //.
apply: contra x0 => /eqP/colP h; apply/eqP/colP => j; have := h j.
by rewrite diag_of_mulE [RHS]mxE => /eqP; rewrite mulf_eq0 (negbTE (scale_neq0 i j)) => /eqP->;
  rewrite mxE.
Qed.

Theorem scaled_workers_psd : (forall i, psd (hess p i)) -> psd T.
Proof.
move=> psd_hess; apply: mean_psd => i x; rewrite quad_Ltilde mulr_ge0 ?invr_ge0 ?(ltW n_gt0) //.
exact: psd_hess.
Qed.

(** A single worker has Lbar itself. *)
Lemma one_worker_pd : n = 1%N -> pd T.
Proof.
move=> n1; apply: mean_pd (workers_gt0 p) _ => i; apply: Ltilde_pd.
have zero (k : 'I_n) : nat_of_ord k = 0%N.
  by apply/eqP; rewrite -leqn0 -ltnS; move: (ltn_ord k); rewrite {2}n1.
have -> : hess p i = Lbar p; last exact: Lbar_pd.
rewrite /Lbar /mean (bigD1 i) //= big1 ?addr0 => [|k].
  by rewrite (_ : n%:R = 1) ?invr1 ?scale1r // n1.
by case/eqP; apply: val_inj; rewrite /= !zero.
Qed.

Lemma Ltilde_sym i : symm (Ltilde p a i).
Proof. by rewrite /symm linearZ /= !tr_mul diag_of_sym hess_sym mulmxA. Qed.

Lemma T_sym : symm T.
Proof. by rewrite /symm mean_tr; apply: eq_mean => i; exact: Ltilde_sym. Qed.

Lemma T_trace : \tr T = d%:R.
Proof.
rewrite /mxtrace (eq_bigr (fun=> 1)) ?sumr_const ?card_ord // => j _; rewrite mxE summxE.
by under eq_bigr do rewrite (Ltilde_diag a_sqr); rewrite sumr_const card_ord mulVf // gt_eqF.
Qed.

Hypothesis T_psd : psd T.

Lemma quad_M x : quad M x = (1 - rho) * quad 1%:M x + rho * quad T x.
Proof.
by rewrite scaled_EB // quad_addm quad_scalem quad_subm; ring.
Qed.

Lemma rho_bounds : 0 <= rho /\ rho <= 1.
Proof.
have qd : (q <= d)%N by rewrite d_nq leq_pmull // (workers_gt0 p).
have q1 : 0 <= q%:R - 1 :> R by rewrite subr_ge0 ler1n.
have d1 : 0 <= d%:R - 1 :> R by rewrite subr_ge0 ler1n (leq_trans q_gt0).
rewrite /rho divr_ge0 //; split=> //.
have [->|d2] := eqVneq (d%:R - 1 : R) 0; first by rewrite invr0 mulr0 ler01.
by rewrite ler_pdivr_mulr ?lt0r ?d2 // mul1r ler_add2r ler_nat.
Qed.

Lemma rho_lt1 : n != 1%N -> rho < 1.
Proof.
move=> n1; have qd : (q < d)%N.
  by rewrite d_nq ltn_Pmull // ltn_neqAle eq_sym n1 (workers_gt0 p).
rewrite /rho ltr_pdivr_mulr ?subr_gt0 ?ltr1n ?(leq_ltn_trans q_gt0) // mul1r.
by rewrite ltr_add2r ltr_nat.
Qed.

Theorem scaled_mean_pd : pd M.
Proof.
move=> x x0; have q0 : 0 < quad 1%:M x by exact: pd1.
have [r0 r1] := rho_bounds; rewrite quad_M.
have [n1|n1] := eqVneq n 1%N; last first.
  by rewrite ltr_paddr ?(mulr_ge0 r0) ?T_psd // mulr_gt0 ?subr_gt0 ?rho_lt1.
have [->|r2] := eqVneq rho 0; first by rewrite subr0 mul1r mul0r addr0.
rewrite ltr_paddl ?mulr_ge0 ?subr_ge0 ?(ltW q0) // mulr_gt0 ?one_worker_pd //.
by rewrite lt0r r2.
Qed.

Theorem scaled_mean_le : loewner M (q%:R *: 1%:M).
Proof.
move=> x; have [r0 _] := rho_bounds.
have t1 : quad T x <= d%:R * quad 1%:M x by rewrite -T_trace; exact: psd_trace x T_sym T_psd.
rewrite quad_M quad_scalem; apply: (@le_trans _ _ ((1 - rho) * quad 1%:M x + rho * (d%:R * quad
  1%:M x))).
  by rewrite ler_add2l ler_wpmul2l.
rewrite mulrA -mulrDl ler_wpmul2r ?quad1_ge0 //.
have -> : 1 - rho + rho * d%:R = 1 + rho * (d%:R - 1) by ring.
have [d1|d1] := eqVneq (d%:R - 1 : R) 0; first by rewrite d1 mulr0 addr0 ler1n.
by rewrite /rho mulrVK ?unitfE // addrC subrK.
Qed.

End Scaled.

Theorem scaled_mean_converges (R : archiFieldType) n d q (p : problem R n d)
    (a : 'I_n -> 'I_d -> R) gamma x_inf :
  d = (n * q)%N -> (0 < q)%N -> (forall i j, a i j ^+ 2 * hess p i j j = n%:R) ->
  psd (mean (Ltilde p a)) ->
  EB p (scaled_sketch q a) *m x_inf = Ev p (scaled_sketch q a) ->
  0 < gamma -> gamma < 2%:R / q%:R -> mean_limit p (scaled_sketch q a) gamma x_inf.
Proof.
move=> d_nq q0 a_sqr psdT fixed g0 gq; apply/(mean_converges gamma fixed).
have pdM := scaled_mean_pd d_nq q0 a_sqr psdT; have qR : 0 < q%:R :> R by rewrite ltr0n.
split=> x x0; first by rewrite quad_scalem mulr_gt0 //; exact: pdM.
have q1 : 0 < quad 1%:M x by exact: pd1.
rewrite quad_subm !quad_scalem subr_gt0; apply: (@le_lt_trans _ _ (gamma * (q%:R * quad 1%:M x))).
  by rewrite ler_pmul2l //; have := scaled_mean_le d_nq q0 a_sqr psdT x; rewrite quad_scalem.
by rewrite mulrA ltr_pmul2r // -ltr_pdivl_mulr.
Qed.
