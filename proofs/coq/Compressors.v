(** * Unbiased compressors, of gradients and of the model (P01, P02, P05, P19)

    Definition 1 of the 2023 preprint: a random map Q of R^d, linear or not, is an unbiased
    compressor with constant omega if E Q(y) = y and E ||Q(y) - y||^2 <= omega ||y||^2 for all y.

    - [rand_compressor] (P01), [perm_compressor] (P02): Rand-q with omega = d/q - 1, Perm-q with
      omega = n - 1.
    - [jensen]: ||E X||_A^2 <= E ||X||_A^2.

    Compressed gradients (33), (34), for every unbiased compressor:

    - [gradient_unbiased], [gradient_variance] (34): E Q(grad f(x)) = grad f(x), and the variance
      is at most omega ||grad f(x)||^2, hence zero at x* ([gradient_star]).
    - [average_unbiased], [average_variance]: for the mean of n compressed gradients, however the
      compressors depend on each other, at most (omega/n) sum ||grad f_i(x)||^2.

    A compressed model, as in method (9), x+ = x - gamma grad f(Q(x)):

    - [model_error] (35): E ||grad f(Q(x)) - grad f(x)||^2 = E ||Lbar (Q(x) - x)||^2; at most
      lambda^2 omega ||x||^2 if Lbar ⪯ lambda I ([model_upper]), at least mu^2 omega ||x||^2 if
      mu I ⪯ Lbar and E ||Q(x) - x||^2 = omega ||x||^2 ([model_lower]).
    - [model_moves]: so it does not vanish at x*, and x* is not kept, if omega > 0 and x* <> 0.

    The assumption (11) that E ||grad f(C x)||^2 is bounded, which the text says may fail even on
    quadratics:

    - [sketched_gradient_unbounded] (P05): it fails on every quadratic with Lbar ≻ 0, for every
      sketch with an invertible mean, as unbiased ones are. *)

From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Problem FisherYates UniformPermutation Mask.
From Ist Require Import PermSketch RandSketch Conditioning.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** ** Definition 1 *)

Definition unbiased_compressor (R : realFieldType) d (T : finType) (P : dist R T) (omega : R)
    (Q : T -> 'cV[R]_d -> 'cV[R]_d) : Prop :=
  (forall y, EM P (fun t => Q t y) = y) /\
  forall y, E P (fun t => quad 1%:M (Q t y - y)) <= omega * quad 1%:M y.

(** A worker's sketch as a map. *)
Definition sketch_map (R : realFieldType) n d (s : sketch R n d) i (t : outcome s) :
  'cV[R]_d -> 'cV[R]_d := mulmx (C t i).

Theorem rand_compressor (R : realFieldType) n d q (i : 'I_n) : (0 < q)%N -> (q <= d)%N ->
  unbiased_compressor (law (rand_sketch R n d q)) (d%:R / q%:R - 1) (sketch_map i).
Proof.
move=> q0 qd; split=> y; first by rewrite EM_mulr (rand_unbiased R q0 qd) mul1mx.
by rewrite le_eqVlt (rand_omega q0 qd) eqxx.
Qed.

Theorem perm_compressor (R : realFieldType) n d q (p : problem R n d) (i : 'I_n) :
  d = (n * q)%N -> (0 < q)%N ->
  unbiased_compressor (law (perm_sketch R n d q)) (n%:R - 1) (sketch_map i).
Proof.
move=> d_nq q0; split=> y; first by rewrite EM_mulr (perm_unbiased p d_nq q0) mul1mx.
by rewrite le_eqVlt (perm_omega p d_nq q0) eqxx.
Qed.

Section Jensen.

Variables (R : realFieldType) (d : nat) (A : 'M[R]_d).
Hypothesis symA : symm A.
Hypothesis psdA : psd A.

Theorem jensen (T : finType) (P : dist R T) (X : T -> 'cV[R]_d) :
  quad A (EM P X) <= E P (fun t => quad A (X t)).
Proof.
set m := EM P X; have spread : 0 <= E P (fun t => quad A (X t - m)) by exact: E_ge0.
rewrite -subr_ge0 (_ : _ - _ = E P (fun t => quad A (X t - m))) //.
transitivity (E P (fun t => quad A (X t) - (2%:R * inner A (X t) m - quad A m))).
  by rewrite E_sub E_sub E_scale E_inner_l E_cst -/m -[inner A m m]/(quad A m); ring.
by apply: eq_E => t; rewrite quadB // opprB addrA addrAC.
Qed.

Lemma quad_mean_le n (z : 'I_n -> 'cV[R]_d) : (0 < n)%N ->
  quad A (mean z) <= n%:R^-1 * \sum_i quad A (z i).
Proof.
move=> n0; pose P := uniform R (Ordinal n0).
have -> : mean z = EM P z by rewrite /EM -scaler_sumr /= card_ord.
by apply: (le_trans (jensen P z)); rewrite E_uniform card_ord.
Qed.

End Jensen.

(** ** Compressed gradients *)

Section Gradient.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (T : finType) (P : dist R T).
Variable omega : R.
Implicit Type x : 'cV[R]_d.

Section One.

Variable Q : T -> 'cV[R]_d -> 'cV[R]_d.
Hypothesis compressor : unbiased_compressor P omega Q.

Theorem gradient_unbiased x : EM P (fun t => Q t (grad p x)) = grad p x.
Proof. by have [mean_Q _] := compressor. Qed.

Theorem gradient_variance x :
  E P (fun t => quad 1%:M (Q t (grad p x) - grad p x)) <= omega * quad 1%:M (grad p x).
Proof. by have [_ var_Q] := compressor. Qed.

Lemma compressor_zero : E P (fun t => quad 1%:M (Q t 0)) = 0.
Proof.
have [_ /(_ 0)] := compressor; rewrite quad0 mulr0 => le0; apply: le_anti.
rewrite E_ge0 ?andbT => [|t]; last exact: quad1_ge0.
by apply: le_trans le0; rewrite le_eqVlt; apply/orP; left; apply/eqP/eq_E => t; rewrite subr0.
Qed.

(** x* is kept in mean square. *)
Theorem gradient_star gamma :
  E P (fun t => quad 1%:M (xstar p - gamma *: Q t (grad p (xstar p)) - xstar p)) = 0.
Proof.
rewrite grad_xstar subrr mulmx0 -[RHS](mulr0 (gamma ^+ 2)) -compressor_zero -E_scale.
by apply: eq_E => t; rewrite addrAC subrr sub0r quadN quadZ.
Qed.

End One.

Section Average.

(** One compressor for each worker; their joint law is arbitrary. *)
Variable Q : 'I_n -> T -> 'cV[R]_d -> 'cV[R]_d.
Hypothesis compressors : forall i, unbiased_compressor P omega (Q i).

Definition average_gradient x t : 'cV[R]_d := mean (fun i => Q i t (grad_worker p i x)).

Theorem average_unbiased x : EM P (average_gradient x) = grad p x.
Proof.
rewrite EM_mean grad_mean; apply: eq_mean => i.
by have [mean_Q _] := compressors i.
Qed.

Theorem average_variance x :
  E P (fun t => quad 1%:M (average_gradient x t - grad p x)) <=
  omega * (n%:R^-1 * \sum_i quad 1%:M (grad_worker p i x)).
Proof.
have split_mean t : average_gradient x t - grad p x =
    mean (fun i => Q i t (grad_worker p i x) - grad_worker p i x).
  by rewrite mean_sub -grad_mean.
have bound t : quad 1%:M (average_gradient x t - grad p x) <= n%:R^-1 *
    \sum_i quad 1%:M (Q i t (grad_worker p i x) - grad_worker p i x).
  rewrite split_mean; apply: quad_mean_le (workers_gt0 p); first exact: symm1.
  exact: quad1_ge0.
apply: (le_trans (E_le _ bound)); rewrite E_scale E_sum [X in _ <= X]mulrCA.
rewrite [omega * _]mulr_sumr ler_wpmul2l ?invr_ge0 ?ler0n //; apply: ler_sum => i _.
by have [_ var_Q] := compressors i.
Qed.

End Average.

End Gradient.

(** ** A compressed model *)

Section Model.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (T : finType) (P : dist R T).
Variables (Q : T -> 'cV[R]_d -> 'cV[R]_d) (omega : R).
Implicit Type x : 'cV[R]_d.

(** (9) *)
Definition model_round gamma x t : 'cV[R]_d := x - gamma *: grad p (Q t x).

Lemma model_difference x y : grad p y - grad p x = Lbar p *m (y - x).
Proof. by rewrite mulmxBr /grad opprB addrA subrK. Qed.

Theorem model_error x :
  E P (fun t => quad 1%:M (grad p (Q t x) - grad p x)) =
  E P (fun t => quad 1%:M (Lbar p *m (Q t x - x))).
Proof. by apply: eq_E => t; rewrite model_difference. Qed.

Theorem model_upper lambda x : 0 < lambda -> loewner (Lbar p) (lambda *: 1%:M) ->
  E P (fun t => quad 1%:M (Q t x - x)) <= omega * quad 1%:M x ->
  E P (fun t => quad 1%:M (grad p (Q t x) - grad p x)) <= lambda ^+ 2 * (omega * quad 1%:M x).
Proof.
move=> l0 up bound; rewrite model_error.
apply: (@le_trans _ _ (lambda ^+ 2 * E P (fun t => quad 1%:M (Q t x - x)))); last first.
  by rewrite ler_pmul2l ?exprn_gt0.
rewrite -E_scale; apply: E_le => t; apply: image_bound => // [|y|y]; first exact: Lbar_sym.
  by rewrite -quad_scalem.
apply: le_trans (@Lbar_psd _ _ _ p y); rewrite oppr_le0 mulr_ge0 ?quad1_ge0 //; exact: ltW.
Qed.

Theorem model_lower mu x : 0 <= mu -> loewner (mu *: 1%:M) (Lbar p) ->
  E P (fun t => quad 1%:M (Q t x - x)) = omega * quad 1%:M x ->
  mu ^+ 2 * (omega * quad 1%:M x) <= E P (fun t => quad 1%:M (grad p (Q t x) - grad p x)).
Proof.
move=> m0 low <-; rewrite model_error -E_scale; apply: E_le => t; move: (Q t x - x) => y.
have := quad1_ge0 (Lbar p *m y - mu *: y); rewrite quadB; last exact: symm1.
rewrite quadZ innerZr inner_mull mulmx1 Lbar_sym -/(quad _ _).
have := ler_wpmul2l m0 (low y); rewrite quad_scalem.
move: (quad 1%:M (_ *m y)) (quad (Lbar p) y) (quad 1%:M y) => a l s lo.
have -> : a - 2%:R * (mu * l) + mu ^+ 2 * s = (a - mu ^+ 2 * s) - 2%:R * (mu * l - mu * (mu * s)).
  by ring.
rewrite subr_ge0 => h; rewrite -subr_ge0; apply: le_trans h.
by rewrite mulr_ge0 ?ler0n // subr_ge0.
Qed.

Theorem model_moves gamma mu : gamma != 0 -> 0 < mu -> loewner (mu *: 1%:M) (Lbar p) ->
  0 < omega -> xstar p != 0 ->
  E P (fun t => quad 1%:M (Q t (xstar p) - xstar p)) = omega * quad 1%:M (xstar p) ->
  0 < E P (fun t => quad 1%:M (model_round gamma (xstar p) t - xstar p)).
Proof.
move=> g0 m0 low w0 x0 exact_omega; set x := xstar p in x0 exact_omega *.
have -> : E P (fun t => quad 1%:M (model_round gamma x t - x)) =
    gamma ^+ 2 * E P (fun t => quad 1%:M (grad p (Q t x) - grad p x)).
  rewrite -E_scale; apply: eq_E => t; rewrite /model_round addrAC subrr sub0r quadN quadZ.
  by rewrite [grad p x]grad_xstar subrr mulmx0 subr0.
rewrite mulr_gt0 ?exprn_even_gt0 //; apply: lt_le_trans (model_lower (ltW m0) low exact_omega).
by rewrite !mulr_gt0 ?exprn_gt0 ?pd1.
Qed.

End Model.

(** ** (11) *)

Theorem sketched_gradient_unbounded (R : realFieldType) n d (p : problem R n d) (s : sketch R n d)
    i c : (0 < d)%N -> EM (law s) (fun t => C t i) \in unitmx ->
  exists x, c < E (law s) (fun t => quad 1%:M (grad p (C t i *m x))).
Proof.
move=> d0 unit_EC; have [y far] := bounded_gradient_fails p c d0.
exists (invmx (EM (law s) (fun t => C t i)) *m y).
apply: (lt_le_trans far); set x := _ *m y.
have -> : grad p y = EM (law s) (fun t => grad p (C t i *m x)).
  by rewrite EM_sub EM_cst EM_mull EM_mulr /x mulKVmx.
by apply: jensen; [exact: symm1 | exact: quad1_ge0].
Qed.
