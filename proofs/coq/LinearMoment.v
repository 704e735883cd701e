(** * The moments with the linear term, E[B A v], E[B z v'] and E[v v'] (N4)

    G = sum_i P_i M_i P_i and V = sum_i P_i u_i for random blocks that satisfy a pair law
    (SecondMoment.v); B = c G, v = V. Three indices a, c | e are four with e = b, so that the
    weights follow from those of E[G A G].

    - [linear_same], [linear_diff]: the weights tau_s and tau_d of Perm-q.
    - [cross_moment]: E[G A V] = sum_i F^{ts-td}(M_i, u_i) + F^{td}(sum M, sum u), five terms
      ([cross_terms]); the formula of the C function ist_cross_moment.
    - [mixed_moment]: E[G z V'] likewise ([mixed_terms]); ist_mixed_moment.
    - [outer_moment]: E[V V']; ist_linear_second_moment.
    - [perm_cross_moment], [perm_mixed_moment], [perm_outer_moment] and [scaled_cross_moment],
      [scaled_mixed_moment], [scaled_outer_moment]: for Perm-q (c = n, M_i = L_i, u_i = b_i) and
      for scaled Perm-q (c = 1, M_i = Ltilde_i, u_i = n^-1/2 D_i^-1/2 b_i).
    - [noise] : E ||g - E g||_A^2 at x from these moments, any sketch. *)

From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Problem FisherYates UniformPermutation Mask
  PermSketch.
From Ist Require Import SecondMoment Dynamics.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** One weight for each way in which the indices a, c, e can coincide. *)
Record linear_weights (R : Type) := LinearWeights {
  l_none : R; l_ac : R; l_ce : R; l_ae : R; l_all : R
}.

Section Terms.

Variables (R : realFieldType) (d : nat).
Implicit Types (A M : 'M[R]_d) (u z : 'cV[R]_d) (a b c e : 'I_d) (t : linear_weights R).

Definition at_three t a c e : R :=
  l_none t + l_ac t * (a == c)%:R + l_ce t * (c == e)%:R + l_ae t * (a == e)%:R +
  l_all t * ((a == c) && (c == e))%:R.

(** The weights at e = b. *)
Definition linear_of (k : weights R) : linear_weights R :=
  LinearWeights (w_none k + w_eb k) (w_ac k + w_ac_eb k) (w_ce k + w_cb k + w_ceb k)
    (w_ae k + w_ab k + w_aeb k) (w_ae_cb k + w_ab_ce k + w_ace k + w_acb k + w_all k).

Lemma at_linear k a c e : at_indices k a c e e = at_three (linear_of k) a c e.
Proof.
rewrite /at_indices /at_three /linear_of /= eqxx !andbT.
by case: (a =P c) => ac; case: (a =P e) => ae; case: (c =P e) => ce;
  first [exfalso; congruence | rewrite /=; ring].
Qed.

Definition linear_sub t t' : linear_weights R :=
  LinearWeights (l_none t - l_none t') (l_ac t - l_ac t') (l_ce t - l_ce t') (l_ae t - l_ae t')
    (l_all t - l_all t').

Lemma linear_of_sub k k' : linear_of (weights_sub k k') = linear_sub (linear_of k) (linear_of k').
Proof. by rewrite /linear_of /linear_sub /=; congr LinearWeights; ring. Qed.

(** F^t(M, u) *)
Definition cross_terms t A M u : 'cV[R]_d :=
  let D := @diag_part R d in
  l_none t *: (M *m A *m u) + l_ac t *: (D M *m A *m u) + l_ce t *: (M *m D A *m u) +
  l_ae t *: (D (M *m A) *m u) + l_all t *: (D M *m D A *m u).

(** Diag(y o u) *)
Definition diag_prod (y u : 'cV[R]_d) : 'M[R]_d := diag_of (fun j => y j 0 * u j 0).

Definition mixed_terms t z M u : 'M[R]_d :=
  l_none t *: (M *m z *m u^T) + l_ac t *: (diag_part M *m z *m u^T) +
  l_ce t *: (M *m diag_prod z u) + l_ae t *: diag_prod (M *m z) u +
  l_all t *: diag_prod (diag_part M *m z) u.

Lemma cross_entry t A M u a :
  cross_terms t A M u a 0 = \sum_c \sum_e M a c * A c e * u e 0 * at_three t a c e.
Proof.
pose X c e := M a c * A c e * u e 0.
have mul3 (M' A' : 'M[R]_d) : (M' *m A' *m u) a 0 = \sum_c \sum_e M' a c * A' c e * u e 0.
  by rewrite mxE exchange_big; apply: eq_bigr => e _; rewrite mxE mulr_suml.
pose S (F : 'I_d -> 'I_d -> bool) := \sum_c \sum_e X c e * (F c e)%:R.
have simple (M' A' : 'M[R]_d) (F : 'I_d -> 'I_d -> bool) :
    (forall c e, M' a c * A' c e * u e 0 = X c e * (F c e)%:R) ->
    (M' *m A' *m u) a 0 = S F.
  by move=> XF; rewrite mul3; apply: eq_bigr => c _; apply: eq_bigr => e _; exact: XF.
have t_ac : (diag_part M *m A *m u) a 0 = S (fun c e => a == c).
  by apply: simple => c e; rewrite mxE; case: eqP; rewrite ?mulr1 ?mulr0 ?mulr0n ?mul0r.
have t_ce : (M *m diag_part A *m u) a 0 = S (fun c e => c == e).
  by apply: simple => c e; rewrite mxE; case: eqP; rewrite ?mulr1 ?mulr0 ?mulr0n ?mulr0 ?mul0r.
have t_all : (diag_part M *m diag_part A *m u) a 0 = S (fun c e => (a == c) && (c == e)).
  by apply: simple => c e; rewrite !mxE; do 2 case: eqP => _;
    rewrite ?mulr1 ?mulr0 ?mulr0n ?mulr0 ?mul0r.
have t_ae : (diag_part (M *m A) *m u) a 0 = S (fun c e => a == e).
  rewrite diag_part_mulE mxE mulr_suml; apply: eq_bigr => c _.
  exact: (esym (sum_at (fun e => X c e) a)).
have addE (Y Z : 'cV[R]_d) : (Y + Z) a 0 = Y a 0 + Z a 0 by rewrite mxE.
have scaleE w (Y : 'cV[R]_d) : (w *: Y) a 0 = w * Y a 0 by rewrite mxE.
rewrite /cross_terms !addE !scaleE mul3 t_ac t_ce t_ae t_all /S !mulr_sumr -!big_split.
apply: eq_bigr => c _ /=; rewrite !mulr_sumr -!big_split; apply: eq_bigr => e _ /=.
rewrite /at_three -/(X c e); move: (X c e) => x; ring.
Qed.

Lemma mixed_entry t z M u a b :
  mixed_terms t z M u a b = \sum_c M a c * z c 0 * u b 0 * at_three t a c b.
Proof.
pose X c := M a c * z c 0 * u b 0.
pose S (F : 'I_d -> bool) := \sum_c X c * (F c)%:R.
have t_none : (M *m z *m u^T) a b = \sum_c X c.
  by rewrite mxE big_ord1 mxE mulr_suml; apply: eq_bigr => c _; rewrite [u^T _ _]mxE.
have t_ac : (diag_part M *m z *m u^T) a b = S (fun c => (a == c)).
  by rewrite /S sum_at mxE big_ord1 diag_part_mulE [u^T _ _]mxE.
have t_cb : (M *m diag_prod z u) a b = S (fun c => (c == b)).
  by rewrite /S sum_at' mul_diag_ofE mulrA.
have t_ab : diag_prod (M *m z) u a b = S (fun c => (a == b)).
  rewrite mxE /S -mulr_suml /X; case: (a =P b) => [<-|_]; last by rewrite mulr0n mulr0.
  by rewrite mulr1n mulr1 mxE mulr_suml; apply: eq_bigr.
have t_all : diag_prod (diag_part M *m z) u a b = S (fun c => ((a == c) && (c == b))).
  rewrite /S (eq_bigr (fun c => X c * (a == b)%:R * (a == c)%:R)) => [|c _]; last first.
    by case: (a =P c) => [<-|_]; rewrite /= ?mulr1 ?mulr0.
  rewrite (sum_at (fun c => X c * (a == b)%:R)) mxE diag_part_mulE /X.
  by case: eqP => [<-|_]; rewrite ?mulr1n ?mulr0n ?mulr1 ?mulr0.
have addE (Y Z : 'M[R]_d) : (Y + Z) a b = Y a b + Z a b by rewrite mxE.
have scaleE w (Y : 'M[R]_d) : (w *: Y) a b = w * Y a b by rewrite mxE.
rewrite /mixed_terms !addE !scaleE t_none t_ac t_cb t_ab t_all /S !mulr_sumr -!big_split.
apply: eq_bigr => c _ /=; rewrite /at_three -/(X c); move: (X c) => x; ring.
Qed.

End Terms.

(** ** The theorems, for every pair law *)

Section Moments.

Variables (R : realFieldType) (n d : nat) (T : finType) (P : dist R T).
Variables (owns : T -> 'I_n -> 'I_d -> bool) (ks kd : weights R).
Hypothesis law_pairs : pair_law P owns ks kd.
Variables (M : 'I_n -> 'M[R]_d) (u : 'I_n -> 'cV[R]_d).

Definition V (t : T) : 'cV[R]_d := \sum_i block_projector R owns t i *m u i.

Lemma V_entry t e : V t e 0 = \sum_i u i e 0 * (owns t i e)%:R.
Proof. by rewrite summxE; apply: eq_bigr => i _; rewrite diag_of_mulE mulrC. Qed.

Notation ts := (linear_of ks).
Notation td := (linear_of kd).

Lemma E_three a c e :
  E P (fun t => G owns M t a c * V t e 0) =
  \sum_i M i a c * u i e 0 * at_three (linear_sub ts td) a c e +
  (\sum_i M i) a c * (\sum_i u i) e 0 * at_three td a c e.
Proof.
rewrite !summxE -linear_of_sub -!at_linear -(sum_pairs ks kd (fun i => M i a c) (fun i => u i e 0)).
transitivity (E P (fun t => \sum_i \sum_k M i a c * u k e 0 *
    [&& owns t i a, owns t i c, owns t k e & owns t k e]%:R)).
  apply: eq_E => t; rewrite G_entry V_entry big_distrlr /=.
  apply: eq_bigr => i _; apply: eq_bigr => k _; rewrite mulrACA -natrM mulnb.
  by rewrite andbb -andbA.
by rewrite E_sum; apply: eq_bigr => i _; rewrite E_sum; apply: eq_bigr => k _;
  rewrite E_scale law_pairs.
Qed.

Theorem cross_moment (A : 'M[R]_d) :
  EM P (fun t => G owns M t *m A *m V t) =
  \sum_i cross_terms (linear_sub ts td) A (M i) (u i) + cross_terms td A (\sum_i M i) (\sum_i u i).
Proof.
apply/colP => a; rewrite EM_entry mxE summxE cross_entry.
under [X in _ = X + _]eq_bigr do rewrite cross_entry.
rewrite exchange_big -big_split /=.
transitivity (E P (fun t => \sum_c \sum_e A c e * (G owns M t a c * V t e 0))).
  apply: eq_E => t; rewrite mxE exchange_big; apply: eq_bigr => e _.
  by rewrite mxE mulr_suml; apply: eq_bigr => c _; rewrite mulrA [A _ _ * _]mulrC.
rewrite E_sum; apply: eq_bigr => c _; rewrite E_sum [X in _ = X + _]exchange_big -big_split /=.
apply: eq_bigr => e _; rewrite E_scale E_three mulrDr mulr_sumr; congr (_ + _).
  by apply: eq_bigr => i _; rewrite !mulrA [A c e * _]mulrC.
by rewrite !mulrA [A c e * _]mulrC.
Qed.

Theorem mixed_moment (z : 'cV[R]_d) :
  EM P (fun t => G owns M t *m z *m (V t)^T) =
  \sum_i mixed_terms (linear_sub ts td) z (M i) (u i) + mixed_terms td z (\sum_i M i) (\sum_i u i).
Proof.
apply/matrixP => a b; rewrite EM_entry mxE summxE mixed_entry.
under [X in _ = X + _]eq_bigr do rewrite mixed_entry.
rewrite exchange_big -big_split /=.
transitivity (E P (fun t => \sum_c z c 0 * (G owns M t a c * V t b 0))).
  apply: eq_E => t; rewrite mxE big_ord1 mxE mulr_suml; apply: eq_bigr => c _.
  by rewrite [(V t)^T _ _]mxE mulrAC mulrC mulrA.
rewrite E_sum; apply: eq_bigr => c _; rewrite E_scale E_three mulrDr mulr_sumr; congr (_ + _).
  by apply: eq_bigr => i _; rewrite !mulrA [z c 0 * _]mulrC.
by rewrite !mulrA [z c 0 * _]mulrC.
Qed.

(** The weights of E[V V']: of all entries, and on the diagonal. *)
Definition outer_all (k : weights R) : R := w_none k + w_ac k + w_eb k + w_ac_eb k.
Definition outer_diag (k : weights R) : R :=
  w_ce k + w_ae k + w_cb k + w_ab k + w_ae_cb k + w_ab_ce k + w_ace k + w_ceb k + w_acb k +
  w_aeb k + w_all k.

Lemma at_outer k (a b : 'I_d) :
  at_indices k a a b b = outer_all k + outer_diag k * (a == b)%:R.
Proof. by rewrite /at_indices /outer_all /outer_diag !eqxx /= !andbT !andbb; case: (a == b) => /=;
  ring. Qed.

Definition outer_terms k (y : 'cV[R]_d) : 'M[R]_d :=
  outer_all k *: (y *m y^T) + outer_diag k *: diag_prod y y.

Lemma outer_entry k y a b :
  outer_terms k y a b = y a 0 * y b 0 * at_indices k a a b b.
Proof.
rewrite at_outer; have -> : outer_terms k y a b =
    outer_all k * (y *m y^T) a b + outer_diag k * diag_prod y y a b by rewrite !mxE.
by rewrite outerE mxE; case: (a =P b) => [<-|_]; rewrite ?mulr1n ?mulr0n; ring.
Qed.

Theorem outer_moment :
  EM P (fun t => V t *m (V t)^T) =
  \sum_i outer_terms (weights_sub ks kd) (u i) + outer_terms kd (\sum_i u i).
Proof.
apply/matrixP => a b; rewrite EM_entry mxE summxE outer_entry !summxE.
under [X in _ = X + _]eq_bigr do rewrite outer_entry.
rewrite -(sum_pairs ks kd (fun i => u i a 0) (fun i => u i b 0)).
transitivity (E P (fun t => \sum_i \sum_k u i a 0 * u k b 0 *
    [&& owns t i a, owns t i a, owns t k b & owns t k b]%:R)).
  apply: eq_E => t; rewrite outerE !V_entry big_distrlr /=.
  apply: eq_bigr => i _; apply: eq_bigr => k _; rewrite mulrACA -natrM mulnb.
  by rewrite andbb andbA andbb.
by rewrite E_sum; apply: eq_bigr => i _; rewrite E_sum; apply: eq_bigr => k _;
  rewrite E_scale law_pairs.
Qed.

End Moments.

(** ** Perm-q and scaled Perm-q *)

Section Tables.

Variables (R : realFieldType) (d q : nat).

(** tau_s *)
Definition linear_same : linear_weights R :=
  let p1 := pk R d q 1 in let p2 := pk R d q 2 in let p3 := pk R d q 3 in
  LinearWeights p3 (p2 - p3) (p2 - p3) (p2 - p3) (p1 - 3%:R * p2 + 2%:R * p3).

(** tau_d *)
Definition linear_diff : linear_weights R :=
  let r11 := rjk R d q 1 1 in let r21 := rjk R d q 2 1 in
  LinearWeights r21 (r11 - r21) (- r21) (- r21) (2%:R * r21 - r11).

Lemma linear_sameE : linear_of (kappa_same R d q) = linear_same.
Proof. by rewrite /linear_of /kappa_same /linear_same /=; congr LinearWeights; ring. Qed.

Lemma linear_diffE : linear_of (kappa_diff R d q) = linear_diff.
Proof.
rewrite /linear_of /kappa_diff /linear_diff (rjk_sym R d q 2 1) /=; congr LinearWeights; ring.
Qed.

End Tables.

(** E[B A v] *)
Definition EBAv (R : realFieldType) n d (p : problem R n d) (A : 'M[R]_d) (s : sketch R n d) :
    'cV[R]_d := EM (law s) (fun t => B p t *m A *m v p t).

Section Sketches.

Variables (R : realFieldType) (n d q : nat) (p : problem R n d).
Hypothesis d_nq : d = (n * q)%N.
Hypothesis q_gt0 : (0 < q)%N.

Notation ts := (linear_same R d q).
Notation td := (linear_diff R d q).
Notation p1 := (pk R d q 1).
Notation p2 := (pk R d q 2).
Notation r11 := (rjk R d q 1 1).
Notation owns := (@perm_owns n d q).

(** u_i of scaled Perm-q *)
Definition scaled_u (a : 'I_n -> 'I_d -> R) i : 'cV[R]_d := n%:R^-1 *: (diag_of (a i) *m lin p i).

Lemma block_v (a : 'I_n -> 'I_d -> R) (s : 'S_d) :
  v p (s : outcome (block_sketch q a)) = V owns (scaled_u a) s.
Proof.
apply/colP => j; rewrite V_entry /v /mean mxE summxE mulr_sumr; apply: eq_bigr => i _.
by rewrite mask_colE mxE diag_of_mulE /perm_owns !mulrA mulrAC.
Qed.

Lemma perm_v (s : 'S_d) : v p (s : outcome (perm_sketch R n d q)) = V owns (lin p) s.
Proof.
rewrite block_v; apply: eq_bigr => i _; congr (_ *m _).
by rewrite /scaled_u diag_of_cst mul_scalar_mx scalerA mulVf ?scale1r ?(n_neq0 p).
Qed.

(** Sum over two workers of the products of their entries in different places. *)
Definition outer_pairs (u : 'I_n -> 'cV[R]_d) : 'M[R]_d :=
  (\sum_i u i) *m (\sum_i u i)^T - diag_prod (\sum_i u i) (\sum_i u i) -
  \sum_i (u i *m (u i)^T - diag_prod (u i) (u i)).

Lemma perm_outer (u : 'I_n -> 'cV[R]_d) :
  EM (uniform_perm R d) (fun s => V owns u s *m (V owns u s)^T) =
  \sum_i (p2 *: (u i *m (u i)^T) + (p1 - p2) *: diag_prod (u i) (u i)) + r11 *: outer_pairs u.
Proof.
rewrite (outer_moment (perm_pair_law R d_nq q_gt0)).
have entry k (y : 'cV[R]_d) (x z : R) : x = outer_all k -> z = outer_diag k ->
    outer_terms k y = x *: (y *m y^T) + z *: diag_prod y y by move=> -> ->.
rewrite (eq_bigr (fun i => (p2 *: (u i *m (u i)^T) + (p1 - p2) *: diag_prod (u i) (u i)) -
    r11 *: (u i *m (u i)^T - diag_prod (u i) (u i)))) => [|i _]; last first.
  rewrite (entry _ _ (p2 - r11) (p1 - p2 + r11)) /outer_all /outer_diag /=; try ring.
  move: (u i *m _) (diag_prod _ _) => U D; apply/matrixP => a b; rewrite !mxE.
  by move: (U a b) (D a b) p1 p2 r11 => x y x1 x2 r; ring.
rewrite sumrB -scaler_sumr -addrA; congr (_ + _).
rewrite (entry _ _ r11 (- r11)) /outer_all /outer_diag /=; try ring.
by rewrite /outer_pairs !scalerBr scaleNr addrC.
Qed.

Theorem perm_cross_moment (A : 'M[R]_d) :
  EBAv p A (perm_sketch R n d q) = n%:R *:
  (\sum_i cross_terms (linear_sub ts td) A (hess p i) (lin p i) +
   cross_terms td A (\sum_i hess p i) (\sum_i lin p i)).
Proof.
rewrite -linear_sameE -linear_diffE -(cross_moment (perm_pair_law R d_nq q_gt0)) -EM_scale.
by apply: eq_EM => s; rewrite perm_B perm_v -!scalemxAl.
Qed.

Theorem perm_mixed_moment (z : 'cV[R]_d) :
  EBzv p (perm_sketch R n d q) z = n%:R *:
  (\sum_i mixed_terms (linear_sub ts td) z (hess p i) (lin p i) +
   mixed_terms td z (\sum_i hess p i) (\sum_i lin p i)).
Proof.
rewrite -linear_sameE -linear_diffE -(mixed_moment (perm_pair_law R d_nq q_gt0)) -EM_scale.
by apply: eq_EM => s; rewrite perm_B perm_v -!scalemxAl.
Qed.

Theorem perm_outer_moment :
  EvvT p (perm_sketch R n d q) =
  \sum_i (p2 *: (lin p i *m (lin p i)^T) + (p1 - p2) *: diag_prod (lin p i) (lin p i)) +
  r11 *: outer_pairs (lin p).
Proof. by rewrite -perm_outer; apply: eq_EM => s; rewrite perm_v. Qed.

Section Scaled.

Variable a : 'I_n -> 'I_d -> R.
Notation u := (scaled_u a).

Theorem scaled_cross_moment (A : 'M[R]_d) :
  EBAv p A (scaled_sketch q a) =
  \sum_i cross_terms (linear_sub ts td) A (Ltilde p a i) (u i) +
  cross_terms td A (\sum_i Ltilde p a i) (\sum_i u i).
Proof.
rewrite -linear_sameE -linear_diffE -(cross_moment (perm_pair_law R d_nq q_gt0)).
by apply: eq_EM => s; rewrite block_B block_v.
Qed.

Theorem scaled_mixed_moment (z : 'cV[R]_d) :
  EBzv p (scaled_sketch q a) z =
  \sum_i mixed_terms (linear_sub ts td) z (Ltilde p a i) (u i) +
  mixed_terms td z (\sum_i Ltilde p a i) (\sum_i u i).
Proof.
rewrite -linear_sameE -linear_diffE -(mixed_moment (perm_pair_law R d_nq q_gt0)).
by apply: eq_EM => s; rewrite block_B block_v.
Qed.

Theorem scaled_outer_moment :
  EvvT p (scaled_sketch q a) =
  \sum_i (p2 *: (u i *m (u i)^T) + (p1 - p2) *: diag_prod (u i) (u i)) + r11 *: outer_pairs u.
Proof. by rewrite -perm_outer; apply: eq_EM => s; rewrite block_v. Qed.

End Scaled.

End Sketches.

(** ** The noise of the estimator *)

Section Noise.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (s : sketch R n d).
Variable A : 'M[R]_d.
Hypothesis symA : symm A.

Definition cov_v : 'M[R]_d := EM (law s) (fun t => (v p t - Ev p s) *m (v p t - Ev p s)^T).

Lemma cov_vE : cov_v = EvvT p s - Ev p s *m (Ev p s)^T.
Proof.
apply/matrixP => a b; rewrite EM_entry [RHS]mxE [X in _ = _ + X]mxE outerE EM_entry.
transitivity (E (law s) (fun t => v p t a 0 * v p t b 0 - Ev p s b 0 * v p t a 0
    - Ev p s a 0 * v p t b 0 + Ev p s a 0 * Ev p s b 0)).
  apply: eq_E => t; rewrite outerE ![(v p t - _) _ _]mxE ![(- Ev p s) _ _]mxE.
  by move: (v p t a 0) (v p t b 0) (Ev p s a 0) (Ev p s b 0) => w z x y; ring.
rewrite E_add !E_sub !E_scale E_cst -!EM_entry -/(Ev p s).
rewrite [X in _ = X - _]EM_entry.
under [X in _ = X - _]eq_E do rewrite outerE.
ring.
Qed.

Lemma quad_trace (y : 'cV[R]_d) : quad A y = \tr (A *m (y *m y^T)).
Proof. by rewrite mulmxA mxtrace_mulC mulmxA /mxtrace big_ord1. Qed.

Lemma E_quad_cov : E (law s) (fun t => quad A (v p t - Ev p s)) = \tr (A *m cov_v).
Proof.
rewrite -EM_mull /mxtrace; under eq_E do rewrite quad_trace /mxtrace.
by rewrite E_sum; apply: eq_bigr => j _; rewrite EM_entry.
Qed.

Theorem noise x :
  E (law s) (fun t => quad A (estimator p t x - EM (law s) (fun t => estimator p t x))) =
  quad (EBAB p A s - EB p s *m A *m EB p s) x -
  2%:R * dot x (EBAv p A s - EB p s *m A *m Ev p s) + \tr (A *m cov_v).
Proof.
rewrite -E_quad_cov E_estimator.
pose y (t : outcome s) := (B p t - EB p s) *m x; pose w (t : outcome s) := v p t - Ev p s.
transitivity (E (law s) (fun t => quad A (y t) - 2%:R * inner A (y t) (w t) + quad A (w t))).
  apply: eq_E => t; rewrite -quadB //; congr (quad A _).
  rewrite estimator_affine /y /w mulmxBl.
  by move: (B p t *m x) (EB p s *m x) (v p t) (Ev p s) => a b c e; vector_ring.
rewrite E_add E_sub E_scale; congr (_ - _ * _ + _).
  transitivity (E (law s) (fun t => quad (B p t *m A *m B p t) x -
      2%:R * inner A (B p t *m x) (EB p s *m x) + quad (EB p s *m A *m EB p s) x)).
    apply: eq_E => t; rewrite /y mulmxBl quadB //; congr (_ - _ + _).
      by rewrite /quad inner_mull inner_mulr B_sym.
    by rewrite /quad inner_mull inner_mulr EB_sym.
  rewrite E_add E_sub E_scale E_cst E_quad -/(EBAB p A s) E_inner_l EM_mulr -/(EB p s).
  have -> : inner A (EB p s *m x) (EB p s *m x) = quad (EB p s *m A *m EB p s) x.
    by rewrite /quad inner_mull inner_mulr EB_sym.
  by rewrite quad_subm; ring.
transitivity (E (law s) (fun t => dot x (B p t *m A *m v p t) - dot x (B p t *m (A *m Ev p s)) -
    dot x (EB p s *m A *m v p t) + dot x (EB p s *m A *m Ev p s))).
  apply: eq_E => t; rewrite /y /w inner_dot;
    have -> : dot ((B p t - EB p s) *m x) (A *m (v p t - Ev p s)) =
    dot x ((B p t - EB p s) *m (A *m (v p t - Ev p s))).
    have symBE : symm (B p t - EB p s) by rewrite /symm linearB /= B_sym EB_sym.
    by rewrite dot_mull symBE inner_dot.
  rewrite mulmxBr !mulmxBl !mulmxBr !dotBr !mulmxA; ring.
have E_dot (F : outcome s -> 'cV[R]_d) : E (law s) (fun t => dot x (F t)) = dot x (EM (law s) F).
  rewrite dot_inner -E_inner_r; apply: eq_E => t; exact: dot_inner.
rewrite E_add !E_sub E_cst !E_dot EM_mulr EM_mull -/(EB p s) -/(Ev p s) -/(EBAv p A s) dotBr
  !mulmxA.
ring.
Qed.

End Noise.
