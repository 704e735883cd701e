(** * The problem, the sketched estimator and the step

    f(x) = (1/n) sum_i f_i(x), f_i(x) = 1/2 x' L_i x - b_i' x, each L_i symmetric, their mean
    Lbar positive definite. Equation numbers are those of the 2023 preprint, which assumes no
    more: a worker alone may have a singular L_i ([singular_instance] in Instances.v).

    The theorems on it hold over any ordered field. Where the text has roots, they are hypotheses
    (r^2 = n); where a limit is taken, the field is Archimedean. Random sketches have finitely many
    outcomes, the workers' sketches may depend on each other, and rounds are independent.

    - [problem]: the hypotheses on L_i, b_i and n in one structure; [mean_pd]: workers that are
      each positive definite meet them.
    - [f_mean], [smooth_equality] (claim P04, (8), (12)): f is the quadratic of
      Lbar and bbar, and is Lbar-smooth with equality.
    - [gap_star], [grad_norm]: 2 (f(x) - f( x* )) = ||x - x*||^2_Lbar
      = ||grad f(x)||^2 in the norm of Lbar^-1.
    - [bounded_gradient_fails]: no bound holds on ||grad f||; hence none on the sketched gradient of
      (11) (P05, Compressors.v).
    - [sketch]: a finite law of sketches C_1, ..., C_n; [estimator] (5), (26);
      [round] (2); [estimator_affine]: g = B x - v.
    - [steps_perfect], [round_perfect] (P03): (6) and (2) agree if (1/n) sum C_i = I. *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** v' x *)
Definition dot (R : realFieldType) d (u x : 'cV[R]_d) : R := (u^T *m x) 0 0.

(** (1/n) sum_i F_i *)
Definition mean (R : realFieldType) n d m (F : 'I_n -> 'M[R]_(d, m)) : 'M[R]_(d, m) :=
  n%:R^-1 *: (\sum_i F i).

Record problem (R : realFieldType) (n d : nat) := Problem {
  workers_gt0 : (0 < n)%N;
  hess : 'I_n -> 'M[R]_d;
  lin : 'I_n -> 'cV[R]_d;
  hess_sym : forall i, symm (hess i);
  hess_mean_pd : pd (mean hess)
}.

Section Dot.

Variables (R : realFieldType) (d : nat).
Implicit Types u x y : 'cV[R]_d.

Lemma dot_inner u x : dot u x = inner 1%:M u x.
Proof. by rewrite /dot /inner mulmx1. Qed.

Lemma dotDr u x y : dot u (x + y) = dot u x + dot u y.
Proof. by rewrite !dot_inner innerDr. Qed.

Lemma dotBr u x y : dot u (x - y) = dot u x - dot u y.
Proof. by rewrite !dot_inner innerDr innerNr. Qed.

Lemma dotDl u x y : dot (u + x) y = dot u y + dot x y.
Proof. by rewrite !dot_inner innerDl. Qed.

Lemma dotZl c u x : dot (c *: u) x = c * dot u x.
Proof. by rewrite !dot_inner innerZl. Qed.

Lemma dotNl u x : dot (- u) x = - dot u x.
Proof. by rewrite !dot_inner innerNl. Qed.

Lemma dot_suml (I : finType) (F : I -> 'cV_d) x : dot (\sum_i F i) x = \sum_i dot (F i) x.
Proof. by rewrite /dot linear_sum mulmx_suml summxE. Qed.

Lemma dot_mull (A : 'M_d) u x : dot (A *m u) x = inner A^T u x.
Proof. by rewrite /dot /inner tr_mul. Qed.

Lemma inner_dot (A : 'M_d) x y : inner A x y = dot x (A *m y).
Proof. by rewrite /inner /dot mulmxA. Qed.

End Dot.

Section Mean.

Variables (R : realFieldType) (n : nat).

Lemma mean_mull d m k (A : 'M[R]_(k, d)) (F : 'I_n -> 'M_(d, m)) :
  mean (fun i => A *m F i) = A *m mean F.
Proof. by rewrite /mean -scalemxAr -mulmx_sumr. Qed.

Lemma mean_mulr d m k (A : 'M[R]_(m, k)) (F : 'I_n -> 'M_(d, m)) :
  mean (fun i => F i *m A) = mean F *m A.
Proof. by rewrite /mean -scalemxAl -mulmx_suml. Qed.

Lemma mean_sub d m (F G : 'I_n -> 'M[R]_(d, m)) :
  mean (fun i => F i - G i) = mean F - mean G.
Proof. by rewrite /mean -scalerBr sumrB. Qed.

Lemma mean_scale d m c (F : 'I_n -> 'M[R]_(d, m)) :
  mean (fun i => c *: F i) = c *: mean F.
Proof. by rewrite /mean -scaler_sumr !scalerA mulrC. Qed.

Lemma eq_mean d m (F G : 'I_n -> 'M[R]_(d, m)) : F =1 G -> mean F = mean G.
Proof. by move=> FG; congr (_ *: _); apply: eq_bigr => i _; rewrite FG. Qed.

Lemma mean_tr d m (F : 'I_n -> 'M[R]_(d, m)) : (mean F)^T = mean (fun i => (F i)^T).
Proof. by rewrite /mean linearZ /= linear_sum. Qed.

Lemma mean_cst d m (A : 'M[R]_(d, m)) : (0 < n)%N -> mean (fun _ : 'I_n => A) = A.
Proof.
move=> n0; rewrite /mean sumr_const card_ord -scaler_nat scalerA mulVf ?scale1r //.
by rewrite pnatr_eq0 -lt0n.
Qed.

Lemma quad_mean d (F : 'I_n -> 'M[R]_d) x : quad (mean F) x = n%:R^-1 * \sum_i quad (F i) x.
Proof.
rewrite quad_scalem; congr (_ * _).
by rewrite /quad /inner mulmx_sumr mulmx_suml summxE.
Qed.

Lemma mean_psd d (F : 'I_n -> 'M[R]_d) : (forall i, psd (F i)) -> psd (mean F).
Proof.
move=> psdF x; rewrite quad_mean mulr_ge0 ?invr_ge0 ?ler0n //.
by apply: sumr_ge0 => i _; exact: psdF.
Qed.

Lemma mean_pd d (F : 'I_n -> 'M[R]_d) : (0 < n)%N -> (forall i, pd (F i)) -> pd (mean F).
Proof.
move=> n0 pdF x x0; rewrite quad_mean mulr_gt0 ?invr_gt0 ?ltr0n //.
rewrite (bigD1 (Ordinal n0)) //= ltr_spaddl ?pdF //.
by apply: sumr_ge0 => i _; apply: pd_psd; exact: pdF.
Qed.

Lemma EM_mean (T : finType) (P : dist R T) d m (F : T -> 'I_n -> 'M[R]_(d, m)) :
  EM P (fun t => mean (F t)) = mean (fun i => EM P (fun t => F t i)).
Proof. by rewrite /mean EM_scale EM_sum. Qed.

End Mean.

Section Objective.

Variables (R : realFieldType) (n d : nat) (p : problem R n d).
Implicit Types x y : 'cV[R]_d.

Definition Lbar : 'M[R]_d := mean (hess p).
Definition bbar : 'cV[R]_d := mean (lin p).
Definition f_worker i x : R := 2%:R^-1 * quad (hess p i) x - dot (lin p i) x.
Definition f x : R := n%:R^-1 * \sum_i f_worker i x.
Definition grad_worker i x : 'cV[R]_d := hess p i *m x - lin p i.
Definition grad x : 'cV[R]_d := Lbar *m x - bbar.
Definition xstar : 'cV[R]_d := invmx Lbar *m bbar.

(** No linear term anywhere: the interpolation regime. *)
Definition interpolation : Prop := forall i, lin p i = 0.
(** All workers share one quadratic. *)
Definition homogeneous : Prop := forall i j, hess p i = hess p j /\ lin p i = lin p j.

Lemma n_neq0 : n%:R != 0 :> R.
Proof. by rewrite pnatr_eq0 -lt0n (workers_gt0 p). Qed.

Lemma n_gt0 : 0 < n%:R :> R.
Proof. by rewrite ltr0n (workers_gt0 p). Qed.

Lemma Lbar_sym : symm Lbar.
Proof. by rewrite /symm mean_tr; apply: eq_mean => i; exact: hess_sym. Qed.

Lemma Lbar_pd : pd Lbar.
Proof. exact: hess_mean_pd. Qed.

Lemma Lbar_psd : psd Lbar.
Proof. exact: pd_psd Lbar_pd. Qed.

Lemma Lbar_unit : Lbar \in unitmx.
Proof. exact: pd_unit Lbar_pd. Qed.

Lemma f_mean x : f x = 2%:R^-1 * quad Lbar x - dot bbar x.
Proof.
rewrite /f sumrB mulrBr quad_mean -mulr_sumr mulrCA; congr (_ - _).
by rewrite /bbar /mean dotZl dot_suml.
Qed.

Lemma grad_mean x : grad x = mean (fun i => grad_worker i x).
Proof. by rewrite /grad_worker mean_sub mean_mulr. Qed.

(** (8), (12). *)
Theorem smooth_equality x y :
  f y = f x + dot (grad x) (y - x) + 2%:R^-1 * quad Lbar (y - x).
Proof.
rewrite !f_mean quadB; last exact: Lbar_sym.
rewrite /grad dotDl dotNl !dotBr !dot_mull Lbar_sym (inner_sym x y Lbar_sym).
by rewrite -/(quad Lbar x); field.
Qed.

Lemma Lbar_xstar : Lbar *m xstar = bbar.
Proof. by rewrite /xstar mulKVmx // Lbar_unit. Qed.

Lemma grad_xstar x : grad x = Lbar *m (x - xstar).
Proof. by rewrite mulmxBr Lbar_xstar. Qed.

Theorem gap_star x : 2%:R * (f x - f xstar) = quad Lbar (x - xstar).
Proof.
rewrite (smooth_equality xstar x) grad_xstar subrr mulmx0.
rewrite dot_inner inner0l; by field.
Qed.

Theorem grad_norm x : quad (invmx Lbar) (grad x) = quad Lbar (x - xstar).
Proof. by rewrite grad_xstar quad_inv ?Lbar_unit //; exact: Lbar_sym. Qed.

(** The gradient is unbounded. *)
Theorem bounded_gradient_fails (c : R) : (0 < d)%N ->
  exists x, c < quad 1%:M (grad x).
Proof.
move=> d0; pose e : 'cV[R]_d := const_mx 1.
have e0 : e != 0.
  apply/eqP => /colP/(_ (Ordinal d0)); rewrite !mxE; exact/eqP/oner_neq0.
have q0 : 0 < quad 1%:M (Lbar *m e).
  apply: pd1; apply: contra e0 => /eqP h; apply/eqP.
  by rewrite -(mulKmx Lbar_unit e) h mulmx0.
set s := quad _ _ in q0; pose r := 1 + `|c| / s.
have cs0 : 0 <= `|c| / s by rewrite divr_ge0 // ltW.
exists (xstar + r *: e).
rewrite grad_xstar addrC addKr -scalemxAr quadZ -/s.
have r1 : 1 <= r by rewrite ler_addl.
apply: (@lt_le_trans _ _ (r * s)); last first.
  by rewrite ler_pmul2r // expr2 ler_pemulr // (le_trans ler01).
rewrite /r mulrDl mul1r divfK ?gt_eqF //.
by rewrite (le_lt_trans (ler_norm c)) // ltr_addr.
Qed.

End Objective.

(** A finite random family of sketches C_1, ..., C_n, symmetric as in the preprint. *)
Record sketch (R : realFieldType) (n d : nat) := Sketch {
  outcome : finType;
  law : dist R outcome;
  C : outcome -> 'I_n -> 'M[R]_d;
  C_sym : forall t i, symm (C t i)
}.

Section Algorithm.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (s : sketch R n d).
Implicit Types (x : 'cV[R]_d) (t : outcome s) (gamma : R).

(** (5), (26) *)
Definition estimator t x : 'cV[R]_d :=
  mean (fun i => C t i *m grad_worker p i (C t i *m x)).

Definition B t : 'M[R]_d := mean (fun i => C t i *m hess p i *m C t i).
Definition v t : 'cV[R]_d := mean (fun i => C t i *m lin p i).

(** (2) *)
Definition round gamma x t : 'cV[R]_d := x - gamma *: estimator t x.

(** Expectation of F(x_K) after K independent rounds from x. *)
Definition after gamma K (F : 'cV[R]_d -> R) x : R := walk (law s) (round gamma) K F x.

(** E[B], E[v], E[B Lbar B], and W of (13). *)
Definition EB : 'M[R]_d := EM (law s) B.
Definition Ev : 'cV[R]_d := EM (law s) v.
Definition EBLB : 'M[R]_d := EM (law s) (fun t => B t *m Lbar p *m B t).
Definition W : 'M[R]_d := 2%:R^-1 *: (Lbar p *m EB + EB *m Lbar p).

Theorem estimator_affine t x : estimator t x = B t *m x - v t.
Proof.
rewrite /estimator /B /v -mean_mulr -mean_sub; apply: eq_mean => i.
by rewrite /grad_worker mulmxBr !mulmxA.
Qed.

Lemma E_estimator x : EM (law s) (fun t => estimator t x) = EB *m x - Ev.
Proof.
rewrite -EM_mulr -EM_sub; apply: eq_EM => t; exact: estimator_affine.
Qed.

(** The step (6) of the preprint, every worker stepping on its own submodel, is the step (2) along
    the mean of the C_i G_i(C_i x) as soon as the submodels reconstruct the model: whatever the
    gradients G_i, and so for the quadratics. *)
Theorem steps_perfect (G : 'I_n -> 'cV[R]_d -> 'cV[R]_d) gamma x t : mean (C t) = 1%:M ->
  mean (fun i => C t i *m x - gamma *: (C t i *m G i (C t i *m x))) =
  x - gamma *: mean (fun i => C t i *m G i (C t i *m x)).
Proof. by move=> perfect; rewrite mean_sub mean_mulr perfect mul1mx mean_scale. Qed.

Corollary round_perfect gamma x t : mean (C t) = 1%:M ->
  mean (fun i => C t i *m x - gamma *: (C t i *m grad_worker p i (C t i *m x))) =
  round gamma x t.
Proof. exact: steps_perfect. Qed.

Lemma B_sym t : symm (B t).
Proof.
rewrite /symm mean_tr; apply: eq_mean => i.
by rewrite !tr_mul C_sym hess_sym mulmxA.
Qed.

Lemma EB_sym : symm EB.
Proof. by rewrite /symm -EM_tr; apply: eq_EM => t; exact: B_sym. Qed.

Lemma W_sym : symm W.
Proof.
by rewrite /symm linearZ /= linearD /= !tr_mul EB_sym (Lbar_sym p) addrC.
Qed.

Lemma quad_W x : quad W x = inner (Lbar p *m EB) x x.
Proof.
rewrite quad_scalem quad_addm -[quad (EB *m _) x]quad_tr tr_mul EB_sym Lbar_sym.
by rewrite -[inner _ x x]/(quad _ x); field.
Qed.

Lemma EBLB_psd : psd EBLB.
Proof.
apply: EM_psd => t; rewrite -{1}(B_sym t); apply: psd_congr; exact: Lbar_psd.
Qed.

End Algorithm.
