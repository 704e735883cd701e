(** * Theorem 2 with noisy gradients (N10)

    With B = I, as in scaled Perm-1, noisy gradients (NoisyGradients.v) put sigma^2 + tr(Lbar N)
    where sigma^2 stood.

    - [noisy_second_moment] (N3): E ||x_k - c||_A^2 = ||E x_k - c||_A^2 +
      gamma/(2-gamma) (1 - (1-gamma)^2k) (E ||v - E v||_A^2 + tr(A N)).
    - [noisy_fixed_one]: the neighbourhood, gamma/(2-gamma) (N_w + N), N_w = Cov v.
    - [noisy_average_exact] (N1), [noisy_theorem2_sharp] and [noisy_theorem2_reversed] (N2),
      [noisy_theorem2_printed] (29), (30): as in Theorem2.v. *)

From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability TwoDraws Quadratic Problem Theorem1 FisherYates.
From Ist Require Import UniformPermutation Mask PermSketch Theorem2 Dynamics LinearMoment.
From Ist Require Import Instances Stability.
From Ist Require Import Neighbourhood NoisyGradients.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Lemma E_trace (R : realFieldType) d (V : finType) (P : dist R V) (F : V -> 'M[R]_d) :
  \tr (EM P F) = E P (fun v => \tr (F v)).
Proof. by rewrite /mxtrace E_sum; apply: eq_bigr => j _; rewrite EM_entry. Qed.

Lemma quad_outer_trace (R : realFieldType) d (A : 'M[R]_d) y : quad A y = \tr (A *m (y *m y^T)).
Proof. by rewrite mulmxA mxtrace_mulC mulmxA /mxtrace big_ord1. Qed.

Lemma walk_quad (R : realFieldType) d (V : finType) (P : dist R V) (S : Type) (step : S -> V -> S)
    k (A : 'M[R]_d) (F : S -> 'cV[R]_d) x :
  walk P step k (fun y => quad A (F y)) x =
  \tr (A *m mwalk P step k (fun y => F y *m (F y)^T) x).
Proof.
elim: k x => [|k IH] x /=; first exact: quad_outer_trace.
by rewrite -EM_mull E_trace; apply: eq_E => v; rewrite IH.
Qed.

Section Theorem2.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (s : sketch R n d) (gamma : R).
Variables (U : finType) (Q : dist R U) (xi : U -> 'I_n -> 'cV[R]_d) (Sigma : 'I_n -> 'M[R]_d).
Hypothesis noise_mean : forall i, EM Q (fun u => xi u i) = 0.
Hypothesis noise_cov : forall i k,
  EM Q (fun u => xi u i *m (xi u k)^T) = if i == k then Sigma i else 0.
Hypothesis B_one : forall t : outcome s, B p t = 1%:M.
Implicit Types (x c : 'cV[R]_d) (A : 'M[R]_d).

Notation N := (noise_moment s Sigma).
Notation after := (noisy_after p s gamma Q xi).
Notation noisy_round := (noisy_round (s := s) p gamma xi).
Notation x_inf := (x_inf p s).
Notation bias := (bias p s).

(** E ||v - E v||_A^2 + tr(A N), and sigma^2 + tr(Lbar N). *)
Definition noisy_variance A : R := variance p s A + \tr (A *m N).
Definition noisy_sigma_sq : R := noisy_variance (Lbar p).

Lemma noisy_round_quad A x c : symm A ->
  E (noisy_law s Q) (fun tu => quad A (noisy_round x tu - c)) =
  E (law s) (fun t => quad A (round p gamma x t - c)) + gamma ^+ 2 * \tr (A *m N).
Proof.
move=> symA; rewrite E_product (noise_momentE s noise_cov) -EM_mull.
rewrite E_trace -E_scale -E_add; apply: eq_E => t; rewrite -EM_mull E_trace -E_scale.
set y := round p gamma x t - c.
transitivity (E Q (fun u => quad A y - 2%:R * gamma * inner A y (kick xi t u) +
    gamma ^+ 2 * \tr (A *m (kick xi t u *m (kick xi t u)^T)))).
  apply: eq_E => u; rewrite noisy_roundE addrAC -/y -quad_outer_trace quadB // innerZr quadZ; ring.
by rewrite E_add E_sub E_cst E_scale E_inner_r (E_kick noise_mean) inner0r mulr0 subr0.
Qed.

(** One round, as [grad_norm_round] has it without noise. *)
Lemma noisy_grad_norm_round x :
  E (noisy_law s Q) (fun tu => grad_norm_sq p (noisy_round x tu)) =
  (1 - gamma) * grad_norm_sq p x + gamma * quad (Lbar p) bias + gamma ^+ 2 * noisy_sigma_sq -
  gamma * (1 - gamma) * quad (Lbar p) (x - x_inf).
Proof.
transitivity (E (law s) (fun t => grad_norm_sq p (round p gamma x t)) +
    gamma ^+ 2 * \tr (Lbar p *m N)).
  rewrite (eq_E _ (fun tu => grad_norm_sqE p _)) noisy_round_quad; last exact: Lbar_sym.
  by congr (_ + _); apply: eq_E => t; rewrite grad_norm_sqE.
by rewrite grad_norm_round // /noisy_sigma_sq /noisy_variance -/(sigma_sq p s); ring.
Qed.

(** N3 *)
Theorem noisy_second_moment A k x c : symm A -> gamma != 2%:R ->
  after k (fun y => quad A (y - c)) x = quad A (closed_form p s gamma k x - c) +
  gamma / (2%:R - gamma) * (1 - (1 - gamma) ^+ (2 * k)) * noisy_variance A.
Proof.
move=> symA gamma2.
have two : 2%:R - gamma != 0 by rewrite subr_eq0 eq_sym.
rewrite /noisy_variance [_ * (variance p s A + _)]mulrDr addrA.
rewrite -(second_moment_iterate B_one gamma2) //.
rewrite /noisy_after /Problem.after !walk_quad -/(noisy_deviation p s gamma Q xi c k x).
rewrite (noisy_excess p s gamma noise_mean noise_cov) mulmxDr mxtraceD; congr (_ + _).
have powers j : iter j (moment_map p s gamma) N = (1 - gamma) ^+ (2 * j) *: N.
  elim: j => [|j IH]; first by rewrite muln0 expr0 scale1r.
  by rewrite /= moment_map_one // IH scalerA mulnS exprD.
have sum : gamma ^+ 2 *: (\sum_(j < k) iter j (moment_map p s gamma) N) =
    (gamma / (2%:R - gamma) * (1 - (1 - gamma) ^+ (2 * k))) *: N.
  elim: (k) => [|j IH]; first by rewrite big_ord0 muln0 expr0 subrr mulr0 scale0r scaler0.
  rewrite big_ord_recr scalerDr IH powers scalerA -scalerDl; congr (_ *: _).
  by rewrite mulnS exprD; move: (_ ^+ (2 * j)) => r; field.
by rewrite sum -scalemxAr mxtraceZ.
Qed.

(** The neighbourhood of N3 with noise. *)
Theorem noisy_fixed_one m : gamma != 2%:R -> noisy_fixed p s gamma Sigma m
  ((gamma / (2%:R - gamma)) *: (residual_moment p s m + N)).
Proof.
move=> gamma2; rewrite /noisy_fixed moment_map_one // scalerA -scalerDl; congr (_ *: _).
by field; rewrite subr_eq0 eq_sym.
Qed.

Section Average.

Variables (K : nat) (x0 : 'cV[R]_d).
Hypothesis K_gt0 : (0 < K)%N.

(** (1/K) sum_{k<K} E F(x_k), on the product space of K rounds. *)
Definition noisy_average (F : 'cV[R]_d -> R) : R :=
  E (power (noisy_law s Q) K)
    (fun w => K%:R^-1 * \sum_(k < K) F (foldl noisy_round x0 (take k w))).

Lemma noisy_averageE F : noisy_average F = K%:R^-1 * \sum_(k < K) after k F x0.
Proof.
rewrite /noisy_average E_scale E_sum; congr (_ * _); apply: eq_bigr => k _.
by rewrite /noisy_after -(walk_prefix (noisy_law s Q) noisy_round F x0 (ltnW (ltn_ord k))).
Qed.

(** 2 (f_0 - E f_K) / (gamma K) *)
Definition noisy_decrease : R := 2%:R * (f p x0 - after K (f p) x0) / (gamma * K%:R).

Lemma noisy_decreaseE : noisy_decrease =
  (grad_norm_sq p x0 - after K (grad_norm_sq p) x0) / (gamma * K%:R).
Proof.
congr (_ / _); rewrite mulrBr /noisy_after.
have gap y : grad_norm_sq p y = 2%:R * f p y - 2%:R * f p (xstar p).
  by rewrite grad_norm_sqE -gap_star mulrBr.
rewrite (eq_walk _ _ _ _ gap) gap walk_sub walk_scale walk_cst; ring.
Qed.

(** N1 *)
Theorem noisy_average_exact : gamma != 0 ->
  noisy_average (grad_norm_sq p) =
  noisy_decrease + quad (Lbar p) bias + gamma * noisy_sigma_sq -
  (1 - gamma) * noisy_average (fun x => quad (Lbar p) (x - x_inf)).
Proof.
move=> gamma0; have K0 : K%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
rewrite noisy_decreaseE !noisy_averageE.
pose G k := after k (grad_norm_sq p) x0.
pose V k := after k (fun x => quad (Lbar p) (x - x_inf)) x0.
have step k : gamma * G k = G k - G k.+1 + gamma * (quad (Lbar p) bias + gamma * noisy_sigma_sq) -
    gamma * (1 - gamma) * V k.
  rewrite {3}/G /noisy_after walkSr (eq_walk _ _ _ _ noisy_grad_norm_round).
  rewrite walk_sub !walk_add !walk_scale !walk_cst -/(after k _ _) -/(G k) -/(after k _ _) -/(V k).
  ring.
have sums (m : nat) : gamma * (\sum_(k < m) G k) = G 0%N - G m +
    m%:R * (gamma * (quad (Lbar p) bias + gamma * noisy_sigma_sq)) -
    gamma * (1 - gamma) * \sum_(k < m) V k.
  elim: m => [|m IH]; first by rewrite !big_ord0 mul0r !mulr0 !subrr addr0 subr0.
  rewrite !big_ord_recr [gamma * (_ + G _)]mulrDr /= IH step -addn1 natrD.
  by move: (G 0%N) (G m) (G (m + 1)%N) (V m) (\sum_(k < m) V k) => g0 g g1 v S; ring.
have /(canRL (mulKf gamma0)) -> := sums K; rewrite -[grad_norm_sq p x0]/(G 0%N) -/(G K).
rewrite -[\sum_(k < K) after k (fun x => quad _ (x - x_inf)) x0]/(\sum_(k < K) V k).
move: (G 0%N) (G K) (\sum_(k < K) V k) noisy_sigma_sq (quad _ bias) (K%:R) K0 => g0 gK S z h k k0.
by field; rewrite gamma0 k0.
Qed.

Lemma noisy_average_ge0 : 0 <= noisy_average (fun x => quad (Lbar p) (x - x_inf)).
Proof.
rewrite noisy_averageE mulr_ge0 ?invr_ge0 ?ler0n //.
by apply: sumr_ge0 => k _; apply: walk_ge0 => y; exact: Lbar_psd.
Qed.

(** N2 *)
Theorem noisy_theorem2_sharp : 0 < gamma -> gamma <= 1 ->
  noisy_average (grad_norm_sq p) <= noisy_decrease + quad (Lbar p) bias + gamma * noisy_sigma_sq.
Proof.
move=> g0 g1; rewrite noisy_average_exact ?gt_eqF // ler_subl_addr ler_addl.
by rewrite mulr_ge0 ?subr_ge0 ?noisy_average_ge0.
Qed.

Theorem noisy_theorem2_reversed : 1 <= gamma ->
  noisy_decrease + quad (Lbar p) bias + gamma * noisy_sigma_sq <= noisy_average (grad_norm_sq p).
Proof.
move=> g1; rewrite noisy_average_exact ?gt_eqF ?(lt_le_trans ltr01) // ler_addl oppr_ge0.
by rewrite mulr_le0_ge0 ?subr_le0 ?noisy_average_ge0.
Qed.

(** (30), with its constant *)
Theorem noisy_theorem2_printed beta sigma2 :
  0 < beta -> 0 < gamma -> gamma <= (2%:R^-1 - beta) / (2%:R^-1 + beta) ->
  noisy_sigma_sq <= sigma2 ->
  noisy_average (grad_norm_sq p) <=
  noisy_decrease + (2%:R * beta^-1 * (1 - gamma) + gamma) * quad (Lbar p) bias + gamma * sigma2.
Proof.
move=> b0 g0 g_le sigma_le; have half0 : 0 < 2%:R^-1 + beta by rewrite addr_gt0 ?invr_gt0 ?ltr0n.
have g1 : gamma <= 1.
  apply: (le_trans g_le); rewrite ler_pdivr_mulr // mul1r ler_add2l.
  by rewrite (le_trans (y := 0)) ?oppr_le0 // ltW.
apply: (le_trans (noisy_theorem2_sharp g0 g1)); apply: ler_add; last by rewrite ler_pmul2l.
rewrite ler_add2l ler_pemull ?Lbar_psd //; apply: le_trans (best_beta b0 g0 g_le).
by rewrite ler_paddr ?mulr_ge0 ?ler0n ?ler1n // ltW.
Qed.

End Average.

End Theorem2.

(** ** An instance: each worker's first coordinate is off by 1 or -1, by a coin of its own *)

Section Instance.

Variable R : realFieldType.

Notation coins := (family (fun _ : 'I_4 => coin R)).
Notation p := (central R).
Notation s := (scaled_sketch (R := R) (n := 4) (d := 4) 1 (fun _ _ => 2%:R)).
Notation m := (x_inf p s).
Notation cov := (delta_mx 0 0 : 'M[R]_4).

Definition side (b : bool) : R := if b then 1 else -1.
Definition coin_noise (u : {ffun 'I_4 -> bool}) i : 'cV[R]_4 := side (u i) *: delta_mx 0 0.

Theorem noise_instance :
  [/\ forall i, EM coins (fun u => coin_noise u i) = 0,
      forall i k, EM coins (fun u => coin_noise u i *m (coin_noise u k)^T) =
        if i == k then cov else 0,
      forall t : outcome s, B p t = 1%:M, EB p s *m m = Ev p s &
      noisy_fixed p s 2%:R^-1 (fun=> cov) m
        ((2%:R^-1 / (2%:R - 2%:R^-1)) *: (residual_moment p s m + noise_moment s (fun=> cov)))].
Proof.
have side_mean : E (coin R) side = 0 by rewrite E_coin /side subrr mulr0.
have side_sqr : E (coin R) (fun b => side b * side b) = 1.
  by rewrite E_coin /side mulrNN mulr1; field.
have outerE u i k : coin_noise u i *m (coin_noise u k)^T = (side (u i) * side (u k)) *: cov.
  by rewrite linearZ /= trmx_delta -scalemxAl -scalemxAr scalerA mul_delta_mx.
have EM_scalar (F : {ffun 'I_4 -> bool} -> R) (M : 'M[R]_4) :
    EM coins (fun u => F u *: M) = E coins F *: M.
  by rewrite /EM /E scaler_suml; apply: eq_bigr => u _; rewrite scalerA.
have [_ one kept _] := scaled_instance R; split=> // [i|i k|].
- apply/matrixP => j l; rewrite EM_entry [RHS]mxE -[RHS](mulr0 ((delta_mx 0 0 : 'cV[R]_4) j l)).
  rewrite -side_mean -(E_family_one (fun _ : 'I_4 => coin R) i side) -E_scale.
  by apply: eq_E => u; rewrite mxE mulrC.
- rewrite (eq_EM _ (fun u => outerE u i k)) EM_scalar; case: (i =P k) => [<-|/eqP ik].
    rewrite (E_family_one (fun _ : 'I_4 => coin R) i (fun b => side b * side b)) side_sqr.
    by rewrite scale1r.
  by rewrite (E_family_two (fun _ : 'I_4 => coin R) side side ik) side_mean mul0r scale0r.
- apply: noisy_fixed_one => //; rewrite lt_eqF // (@lt_trans _ _ 1) ?ltr1n //.
  by rewrite invf_lt1 ?ltr1n ?ltr0n.
Qed.

End Instance.
