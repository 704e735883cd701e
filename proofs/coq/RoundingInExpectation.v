(** * Computed iterates in expectation: the theorems, and the rounding beside them

    RoundingComposition.v bounds the distance e of the computed iterate x^_K to the exact one of the
    same outcomes, outcome by outcome. In mean square it is added to what a theorem says of the
    exact iterate, by Minkowski's inequality.

    - [minkowski]: (E ||X + Y||_A^2)^1/2 <= (E ||X||_A^2)^1/2 + (E ||Y||_A^2)^1/2, A ⪰ 0.
    - [computed_mean_square]: if A ⪯ lambda I, then (E ||x^_K - z||_A^2)^1/2 is at most
      (E ||x_K - z||_A^2)^1/2 + (lambda E e^2)^1/2, whatever the sketch.
    - [theorem1_computed]: (16) for computed iterates: (E ||x^_K - x*||_Lbar^2)^1/2 is at most
      (1 - gamma mu)^(K/2) ||x_0 - x*||_Lbar + (lambda E e^2)^1/2, where mu Lbar ⪯ W. *)

From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Problem Theorem1 Stability Instances.
From Ist Require Import RoundingComposition.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Minkowski.

Variables (R : rcfType) (d : nat) (A : 'M[R]_d) (T : finType) (P : dist R T).
Hypothesis symA : symm A.
Hypothesis psdA : psd A.

Notation sq X := (E P (fun t => quad A (X t))).

Lemma mean_square_ge0 (X : T -> 'cV[R]_d) : 0 <= sq X.
Proof. by apply: E_ge0 => t; exact: psdA. Qed.

(** (E <X, Y>_A)^2 <= E ||X||_A^2 E ||Y||_A^2 *)
Lemma mean_cauchy_schwarz (X Y : T -> 'cV[R]_d) :
  E P (fun t => inner A (X t) (Y t)) ^+ 2 <= sq X * sq Y.
Proof.
set a := sq X; set b := sq Y; set c := E P _.
have pencil r q : 0 <= r ^+ 2 * a - 2%:R * r * q * c + q ^+ 2 * b.
  have -> : r ^+ 2 * a - 2%:R * r * q * c + q ^+ 2 * b = sq (fun t => r *: X t - q *: Y t).
    rewrite /a /b /c -!E_scale -E_sub -E_add; apply: eq_E => t.
    by rewrite quadB // !quadZ innerZl innerZr; ring.
  exact: mean_square_ge0.
have a0 : 0 <= a by exact: mean_square_ge0.
have [az|az] := eqVneq a 0.
  have [cz|cz] := eqVneq c 0; first by rewrite cz az mul0r expr0n lexx.
  have := pencil ((b + 1) / c) 1; rewrite az mulr0 sub0r expr1n mul1r mulr1.
  rewrite (_ : - (2%:R * ((b + 1) / c) * c) + b = - (b + 2%:R)); last by field.
  by rewrite oppr_ge0 leNgt ltr_paddl ?ltr0n ?mean_square_ge0.
have apos : 0 < a by rewrite lt0r az.
have := pencil c a; rewrite (_ : _ + _ = a * (a * b - c ^+ 2)); last by ring.
by rewrite pmulr_rge0 // subr_ge0.
Qed.

Theorem minkowski (X Y : T -> 'cV[R]_d) :
  Num.sqrt (sq (fun t => X t + Y t)) <= Num.sqrt (sq X) + Num.sqrt (sq Y).
Proof.
have sum0 : 0 <= Num.sqrt (sq X) + Num.sqrt (sq Y) by rewrite addr_ge0 ?sqrtr_ge0.
rewrite -(ler_pexpn2r (_ : 0 < 2)%N) ?nnegrE ?sqrtr_ge0 // sqr_sqrtr ?mean_square_ge0 //.
rewrite sqrrD !sqr_sqrtr ?mean_square_ge0 //.
rewrite (eq_E P (fun t => quadD (X t) (Y t) symA)) !E_add E_scale ler_add2r ler_add2l.
rewrite -[X in _ <= X]mulr_natl ler_pmul2l ?ltr0n // -sqrtrM ?mean_square_ge0 //.
apply: (le_trans (ler_norm _)); rewrite -sqrtr_sqr ler_wsqrtr //.
exact: mean_cauchy_schwarz.
Qed.

End Minkowski.

Section Computed.

Variables (R : rcfType) (n d : nat) (p : problem R n d) (s : sketch R n d).
Variables (gamma : R) (x0 z : 'cV[R]_d) (K : nat).

(** The computed iterate after the outcomes w, and its distance to the exact one. *)
Variables (computed : K.-tuple (outcome s) -> 'cV[R]_d) (e : K.-tuple (outcome s) -> R).
Hypothesis close : forall w, norm (computed w - foldl (round p gamma) x0 w) <= e w.

Theorem computed_mean_square A lambda : symm A -> psd A -> 0 <= lambda ->
  loewner A (lambda *: 1%:M) ->
  Num.sqrt (E (power (law s) K) (fun w => quad A (computed w - z))) <=
  Num.sqrt (after p s gamma K (fun x => quad A (x - z)) x0) +
  Num.sqrt (lambda * E (power (law s) K) (fun w => e w ^+ 2)).
Proof.
move=> symA psdA lambda0 up.
pose X (w : K.-tuple (outcome s)) := foldl (round p gamma) x0 w.
have -> : E (power (law s) K) (fun w => quad A (computed w - z)) =
    E (power (law s) K) (fun w => quad A ((X w - z) + (computed w - X w))).
  by apply: eq_E => w; congr (quad A _); rewrite [RHS]addrC addrA subrK.
apply: (le_trans (minkowski _ symA psdA (fun w => X w - z) (fun w => computed w - X w))).
rewrite /after walk_power ler_add2l ler_wsqrtr // -E_scale; apply: E_le => w.
apply: (le_trans (up _)); rewrite quad_scalem ler_wpmul2l // -norm_sqr.
have e0 : 0 <= e w by apply: le_trans (close w); exact: norm_ge0.
rewrite ler_pexpn2r ?nnegrE ?norm_ge0 //; exact: close.
Qed.

End Computed.

Section Theorem1.

Variables (R : rcfType) (n d : nat) (p : problem R n d) (s : sketch R n d).
Variables (theta gamma mu lambda : R) (x0 : 'cV[R]_d) (K : nat).
Hypothesis b_zero : interpolation p.
Hypothesis theta_gt0 : 0 < theta.
Hypothesis theta_bound : loewner (EBLB p s) (theta *: W p s).  (* (14) *)
Hypothesis gamma_gt0 : 0 < gamma.
Hypothesis gamma_le : gamma <= theta^-1.
Hypothesis mu_bound : loewner (mu *: Lbar p) (W p s).
Hypothesis lambda_ge0 : 0 <= lambda.
Hypothesis lambda_bound : loewner (Lbar p) (lambda *: 1%:M).

Variables (computed : K.-tuple (outcome s) -> 'cV[R]_d) (e : K.-tuple (outcome s) -> R).
Hypothesis close : forall w, norm (computed w - foldl (round p gamma) x0 w) <= e w.

Theorem theorem1_computed :
  Num.sqrt (E (power (law s) K) (fun w => quad (Lbar p) (computed w - xstar p))) <=
  Num.sqrt ((1 - gamma * mu) ^+ K * quad (Lbar p) (x0 - xstar p)) +
  Num.sqrt (lambda * E (power (law s) K) (fun w => e w ^+ 2)).
Proof.
have := computed_mean_square (xstar p) close (Lbar_sym p) (@Lbar_psd _ _ _ p) lambda_ge0
  lambda_bound.
move/le_trans; apply; rewrite ler_add2r ler_wsqrtr //.
exact: (theorem1_linear b_zero theta_gt0 theta_bound gamma_gt0 gamma_le mu_bound).
Qed.

End Theorem1.

(** An instance beside [Instances.theorem1_instance]: computed iterates that are off by 1. *)
Theorem computed_instance (R : rcfType) (p : problem R 4 4) (s : sketch R 4 4) gamma x0 K
    (w0 : K.-tuple (outcome s)) :
  exists computed : K.-tuple (outcome s) -> 'cV[R]_4,
  (forall w, norm (computed w - foldl (round p gamma) x0 w) <= 1) /\
  computed w0 != foldl (round p gamma) x0 w0.
Proof.
exists (fun w => foldl (round p gamma) x0 w + delta_mx 0 0); split=> [w|].
  by rewrite addrAC subrr add0r le_norm ?ler01 // quad_delta !mxE expr1n.
rewrite -subr_eq0 addrAC subrr add0r; apply/eqP => /colP/(_ 0); rewrite !mxE.
by apply/eqP; exact: oner_neq0.
Qed.
