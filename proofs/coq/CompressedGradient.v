(** * Compression of gradients and of iterates, against independent subnetworks

    P05 (10), sketched gradients are biased in general:
    - [grad_affine]: not for one quadratic and an unbiased sketch, E grad f_i(C_i x) = grad f_i(x),
      as the gradient is affine;
    - [grad_quartic] (10): for f(x) = sum_j x_j^4 / 4 and Rand-q, E grad f(C x) = (d/q)^2 grad f(x);
      [grad_biased]: not grad f(x), if q < d and x <> 0;
    - [estimator_biased]: nor is the estimator (5) unbiased, even for L_i = I: E g = n x - b.

    P19, (33)-(35), compressed gradients, x+ = x - gamma (1/n) sum C_i grad f_i(x), with sketches
    of the preprint (Compressors.v: with any unbiased compressor, and a compressed model):
    - [compressed_unbiased], [compressed_variance]: with an unbiased sketch E g = grad f(x), and for
      Perm-q E ||C_i y - y||^2 = (n-1) ||y||^2 with y = grad f_i(x);
    - [compressed_fixed]: where all grad f_i vanish, as in a homogeneous problem at x*, every round
      keeps x* and the variance is zero;
    - [subnetwork_mean]: IST keeps x* in the mean iff E[B] x* = E v; [subnetwork_moves]: for
      L_i = I, b_i = b and Perm-1, surely x+ = x* - gamma (n-1) b.

    N19, compressed iterates, x+ = C (x - gamma grad f(x)), f(x) = 1/2 x' L x with
    mu I ⪯ L ⪯ lambda I, both attained, and E ||C y||^2 = (1+omega) ||y||^2:
    - [iterates_contract]: some gamma > 0 shrinks E ||x+||^2 by a fixed factor in one round iff
      (1+omega) (lambda-mu)^2 < (lambda+mu)^2; for large lambda/mu omega is below about
      4 mu/lambda;
    - [iterates_ratio_100]: for lambda/mu = 100 the method contracts at omega = 1/25, where
      mu^2/lambda^2 = 1/10000. The preprint's omega below about mu^2/lambda^2 (P20) is what the
      earlier theory demands, not what the method needs.

    P20, IST's side of the comparison:
    - [subnetworks_every_omega]: Theorem 1 has no condition on omega. In the setting of P12 IST
      converges with every omega = n - 1. *)

From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Problem Theorem1 FisherYates UniformPermutation.
From Ist Require Import Mask PermSketch RandSketch Homogeneous Spectrum Conditioning Corrections.
From Ist Require Import Dynamics.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** ** (10) *)

Section SketchedGradient.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (s : sketch R n d).

Theorem grad_affine i x : EM (law s) (fun t => C t i) = 1%:M ->
  EM (law s) (fun t => grad_worker p i (C t i *m x)) = grad_worker p i x.
Proof.
move=> unbiased; rewrite EM_sub EM_cst /grad_worker; congr (_ - _).
by rewrite EM_mull EM_mulr unbiased mul1mx.
Qed.

End SketchedGradient.

Section Separable.

Variables (R : realFieldType) (d : nat).

(** The gradient of sum_j phi(x_j). *)
Definition separable_grad (phi : {poly R}) (x : 'cV[R]_d) : 'cV[R]_d := \col_j (phi^`()).[x j 0].

Definition quartic : {poly R} := 4%:R^-1 *: 'X^4.

Lemma quartic_grad x j : separable_grad quartic x j 0 = x j 0 ^+ 3.
Proof.
rewrite mxE derivZ derivXn hornerZ hornerMn hornerXn /= -[_ ^+ 3 *+ 4]mulr_natl mulrA mulVf ?mul1r
  //.
by rewrite pnatr_eq0.
Qed.

End Separable.

Section Quartic.

Variables (R : realFieldType) (n d q : nat).
Hypothesis q_gt0 : (0 < q)%N.
Hypothesis q_le_d : (q <= d)%N.

Notation sketch := (rand_sketch R n d q).
Notation grad := (separable_grad (quartic R)).

Theorem grad_quartic i (x : 'cV[R]_d) :
  EM (law sketch) (fun w => grad (C (s := sketch) w i *m x)) = (d%:R / q%:R) ^+ 2 *: grad x.
Proof.
apply/colP => j; rewrite EM_entry mxE.
transitivity (E (law sketch) (fun w => ((d%:R / q%:R) * x j 0) ^+ 3 *
    (member (kept d q) (w i) j)%:R)).
  apply: eq_E => w; rewrite quartic_grad mask_colE.
  by case: member; rewrite ?mulr1 // !mulr0 mul0r expr0n.
rewrite E_scale (E_family_one (fun _ => uniform_perm R d) i (fun s => (member (kept d q) s j)%:R)).
rewrite E_member card_kept // quartic_grad; move: (x j 0) => y; field.
by rewrite !pnatr_eq0 -!lt0n q_gt0 (leq_trans q_gt0).
Qed.

Theorem grad_biased i (x : 'cV[R]_d) : (q < d)%N -> x != 0 ->
  EM (law sketch) (fun w => grad (C (s := sketch) w i *m x)) != grad x.
Proof.
move=> qd x0; rewrite grad_quartic; apply: contra x0 => /eqP/colP same.
apply/eqP/colP => j; rewrite mxE; have := same j; rewrite mxE quartic_grad => /eqP.
rewrite -subr_eq0 -{2}[_ ^+ 3]mul1r -mulrBl mulf_eq0 expf_eq0 => /orP[|/andP[_ /eqP->]] //.
have q0 : 0 < q%:R :> R by rewrite ltr0n.
have ratio : 1 < d%:R / q%:R :> R by rewrite ltr_pdivl_mulr // mul1r ltr_nat.
by rewrite subr_eq0 gt_eqF // exprn_egt1.
Qed.

End Quartic.

(** The identity Hessian: x* = b, and Perm-1 has B = n I. *)
Section Unit.

Variables (R : realFieldType) (d : nat) (d_gt0 : (0 < d)%N) (b : 'cV[R]_d).

Notation p := (unit_problem d_gt0 b : problem R d d).
Notation perm1 := (perm_sketch R d d 1).

Lemma unit_v (s : outcome perm1) : v p s = b.
Proof.
rewrite /v mean_mulr (perm_reconstruct p (esym (muln1 d)) (ltn0Sn 0)) mul1mx //.
Qed.

Lemma unit_estimator (s : outcome perm1) x : estimator p s x = d%:R *: x - b.
Proof.
rewrite estimator_affine unit_v perm1_unit_B ?mul_scalar_mx // => i j.
by rewrite mxE eqxx.
Qed.

Theorem estimator_biased x : (1 < d)%N -> x != 0 ->
  EM (law perm1) (fun s => estimator p s x) != grad p x.
Proof.
move=> d1 x0; rewrite (EM_cst_on _ (fun s => unit_estimator s x)) /grad unit_Lbar mul1mx.
have -> : bbar p = b by exact: mean_cst.
rewrite -subr_eq0 opprB addrA subrK -{2}[x]scale1r -scalerBl scaler_eq0 negb_or x0 andbT.
by rewrite subr_eq0 -[1]/(1%:R) eqr_nat gtn_eqF.
Qed.

Theorem subnetwork_moves gamma (s : outcome perm1) :
  round p gamma (xstar p) s = xstar p - (gamma * (d%:R - 1)) *: b.
Proof.
rewrite /round unit_estimator unit_xstar -{3}[b]scale1r -scalerBl scalerA //.
Qed.

End Unit.

(** Whether IST keeps x* depends on the sketch; grad f( x* ) = 0 is not enough. *)
Theorem subnetwork_mean (R : realFieldType) n d (p : problem R n d) (s : sketch R n d) gamma :
  gamma != 0 ->
  EM (law s) (fun t => round p gamma (xstar p) t) = xstar p <-> EB p s *m xstar p = Ev p s.
Proof.
move=> g0; rewrite E_round -addrA -scalerN -scalerDr addrC.
split=> [/eqP|->]; last by rewrite addNr scaler0 add0r.
by rewrite -subr_eq0 addrK scaler_eq0 (negbTE g0) addrC subr_eq0 => /eqP->.
Qed.

(** ** Compressed gradients *)

Section Compressed.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (s : sketch R n d).
Implicit Types (x : 'cV[R]_d) (t : outcome s).

Definition compressed t x : 'cV[R]_d := mean (fun i => C t i *m grad_worker p i x).
Definition compressed_round gamma x t : 'cV[R]_d := x - gamma *: compressed t x.

Theorem compressed_unbiased x : (forall i, EM (law s) (fun t => C t i) = 1%:M) ->
  EM (law s) (fun t => compressed t x) = grad p x.
Proof.
move=> unbiased; rewrite EM_mean grad_mean; apply: eq_mean => i.
by rewrite EM_mulr unbiased mul1mx.
Qed.

Theorem compressed_fixed gamma x : (forall i, grad_worker p i x = 0) ->
  (forall t, compressed_round gamma x t = x) /\
  E (law s) (fun t => quad 1%:M (compressed t x - grad p x)) = 0.
Proof.
move=> stationary; have zero t : compressed t x = 0.
  by rewrite /compressed /mean big1 ?scaler0 // => i _; rewrite stationary mulmx0.
split=> [t|]; first by rewrite /compressed_round zero scaler0 subr0.
have -> : grad p x = 0 by rewrite grad_mean /mean big1 ?scaler0.
by apply: E_cst_on => t; rewrite zero subrr quad0.
Qed.

(** In a homogeneous problem x* is stationary for each worker. *)
Theorem homogeneous_stationary : homogeneous p -> forall i, grad_worker p i (xstar p) = 0.
Proof.
move=> same i; have -> : grad_worker p i (xstar p) = grad p (xstar p).
  rewrite grad_mean (eq_mean (G := fun=> grad_worker p i (xstar p))) ?mean_cst ?(workers_gt0 p) //.
  by move=> k; rewrite /grad_worker; have [-> ->] := same k i.
by rewrite grad_xstar subrr mulmx0.
Qed.

End Compressed.

Theorem compressed_variance (R : realFieldType) n d q (p : problem R n d) :
  d = (n * q)%N -> (0 < q)%N -> forall i x, let s := perm_sketch R n d q in
  E (law s) (fun t => quad 1%:M (C t i *m grad_worker p i x - grad_worker p i x)) =
  (n%:R - 1) * quad 1%:M (grad_worker p i x).
Proof. by move=> d_nq q0 i x; exact: perm_omega. Qed.

(** ** Compressed iterates *)

Section Iterates.

Variables (R : realFieldType) (d : nat) (L : 'M[R]_d) (mu lambda omega : R).
Hypothesis symL : symm L.
Hypothesis mu_gt0 : 0 < mu.
Hypothesis min_L : is_min L mu.
Hypothesis max_L : is_max L lambda.
Variables (T : finType) (P : dist R T) (Q : T -> 'M[R]_d).
Hypothesis omega_ge0 : 0 <= omega.
Hypothesis second_moment : forall y, E P (fun t => quad 1%:M (Q t *m y)) = (1 + omega) * quad 1%:M
  y.

Definition iterates_round gamma x t : 'cV[R]_d := Q t *m (x - gamma *: (L *m x)).

Definition shrinks gamma rho : Prop :=
  forall x, E P (fun t => quad 1%:M (iterates_round gamma x t)) <= rho * quad 1%:M x.

Lemma shrinksE gamma rho :
  shrinks gamma rho <-> forall x, (1 + omega) * quad 1%:M (x - gamma *: (L *m x)) <= rho * quad
    1%:M x.
Proof. by split=> h x; move: (h x); rewrite second_moment. Qed.

Lemma mu_le_lambda : mu <= lambda.
Proof.
have [low _] := min_L; have [up [x x0 _]] := max_L.
by have := le_trans (low x) (up x); rewrite !quad_scalem ler_pmul2r ?pd1.
Qed.

(** An extremal direction is an eigenvector. *)
Lemma extremal_eigen nu (x : 'cV[R]_d) : (loewner (nu *: 1%:M) L \/ loewner L (nu *: 1%:M)) ->
  quad L x = nu * quad 1%:M x -> L *m x = nu *: x.
Proof.
move=> bound at_x; have symn : symm (L - nu *: 1%:M).
  by rewrite /symm linearB /= linearZ /= trmx1 symL.
have zero : quad (L - nu *: 1%:M) x = 0 by rewrite quad_subm quad_scalem at_x subrr.
suff : (L - nu *: 1%:M) *m x = 0.
  by rewrite mulmxBl -scalemxAl mul1mx => /eqP; rewrite subr_eq0 => /eqP.
case: bound => bound.
  by apply: psd_kernel => // y; rewrite quad_subm subr_ge0; exact: bound.
apply/eqP; rewrite -oppr_eq0 -mulNmx; apply/eqP/psd_kernel.
- by rewrite /symm linearN /= symn.
- by move=> y; rewrite quad_oppm quad_subm opprB subr_ge0; exact: bound.
- by rewrite quad_oppm zero oppr0.
Qed.

Lemma eigen_shrinks gamma rho nu (x : 'cV[R]_d) : x != 0 -> L *m x = nu *: x -> shrinks gamma rho ->
  (1 + omega) * (1 - gamma * nu) ^+ 2 <= rho.
Proof.
move=> x0 eigen /shrinksE/(_ x); have q0 : 0 < quad 1%:M x by exact: pd1.
rewrite eigen scalerA -{1}[x]scale1r -scalerBl quadZ mulrA.
by rewrite ler_pmul2r.
Qed.

Lemma gap_square (a b w y z : R) :
  a * (a + b) * (w * y ^+ 2) + b * (a + b) * (w * z ^+ 2) - w * (a * y - b * z) ^+ 2 =
  w * (a * b * (y + z) ^+ 2).
Proof. by ring. Qed.

Theorem iterates_contract :
  (exists gamma rho, [/\ 0 < gamma, rho < 1 & shrinks gamma rho]) <->
  (1 + omega) * (lambda - mu) ^+ 2 < (lambda + mu) ^+ 2.
Proof.
have lambda_gt0 : 0 < lambda by exact: lt_le_trans mu_gt0 mu_le_lambda.
have sum_gt0 : 0 < lambda + mu by rewrite addr_gt0.
have w0 : 0 < 1 + omega by rewrite ltr_spaddl ?ltr01.
have [low [xm xm0 at_min]] := min_L; have [up [xM xM0 at_max]] := max_L.
split=> [[gamma [rho [g0 rho1 shrink]]]|gap].
  have h1 := le_lt_trans (eigen_shrinks xm0 (extremal_eigen (or_introl low) at_min) shrink) rho1.
  have h2 := le_lt_trans (eigen_shrinks xM0 (extremal_eigen (or_intror up) at_max) shrink) rho1.
  move: h1 h2; set y := 1 - gamma * mu; set z := 1 - gamma * lambda => h1 h2.
  have -> : lambda - mu = lambda * y - mu * z by rewrite /y /z; ring.
  have k1 : 0 < lambda * (lambda + mu) by rewrite mulr_gt0.
  have k2 : 0 < mu * (lambda + mu) by rewrite mulr_gt0.
  move: h1; rewrite -(ltr_pmul2l k1) mulr1 => h1.
  move: h2; rewrite -(ltr_pmul2l k2) mulr1 => h2.
  apply: (@le_lt_trans _ _ (lambda * (lambda + mu) * ((1 + omega) * y ^+ 2) +
      mu * (lambda + mu) * ((1 + omega) * z ^+ 2))).
    rewrite -subr_ge0 gap_square.
    apply: mulr_ge0 (ltW w0) _; apply: mulr_ge0 _ (sqr_ge0 _).
    exact: mulr_ge0 (ltW lambda_gt0) (ltW mu_gt0).
  apply: (lt_le_trans (ltr_add h1 h2)).
  by rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
pose gamma := 2%:R / (lambda + mu); pose c := (lambda - mu) / (lambda + mu).
exists gamma, ((1 + omega) * c ^+ 2); split.
- by rewrite divr_gt0 ?ltr0n.
- by rewrite /c expr_div_n mulrA ltr_pdivr_mulr ?exprn_gt0 // mul1r.
apply/shrinksE => x; rewrite -mulrA ler_pmul2l //.
have c0 : 0 <= c by rewrite divr_ge0 ?subr_ge0 ?mu_le_lambda // ltW.
have -> : x - gamma *: (L *m x) = (1%:M - gamma *: L) *m x by rewrite mulmxBl mul1mx -scalemxAl.
have symA : symm (1%:M - gamma *: L) by rewrite /symm linearB /= linearZ /= trmx1 symL.
have g0 : 0 < gamma by rewrite divr_gt0 ?ltr0n.
have above (u l : R) : c * u - (u - gamma * l) = gamma * (l - mu * u).
  by rewrite /c /gamma; field; rewrite gt_eqF.
have below (u l : R) : u - gamma * l + c * u = gamma * (lambda * u - l).
  by rewrite /c /gamma; field; rewrite gt_eqF.
have upper y : quad (1%:M - gamma *: L) y <= c * quad 1%:M y.
  have := low y; rewrite quad_subm !quad_scalem; move: (quad 1%:M y) (quad L y) => u l h.
  by rewrite -subr_ge0 above mulr_ge0 ?subr_ge0 // ltW.
have lower y : - (c * quad 1%:M y) <= quad (1%:M - gamma *: L) y.
  have := up y; rewrite quad_subm !quad_scalem; move: (quad 1%:M y) (quad L y) => u l h.
  by rewrite -subr_ge0 opprK below mulr_ge0 ?subr_ge0 // ltW.
have [c_eq|c_neq] := eqVneq c 0; last first.
  by apply: image_bound => //; rewrite lt0r c_neq.
rewrite c_eq expr0n mul0r le_eqVlt; apply/orP; left; rewrite quad1_eq0; apply/eqP.
apply: psd_kernel => //.
  by move=> y; have := lower y; rewrite c_eq mul0r oppr0.
by apply: le_anti; have := lower x; have := upper x; rewrite c_eq mul0r oppr0 => -> ->.
Qed.

End Iterates.

(** 1.04 * 99^2 < 101^2 *)
Corollary iterates_ratio_100 (R : realFieldType) d (L : 'M[R]_d) (mu : R) (T : finType)
    (P : dist R T) (Q : T -> 'M[R]_d) :
  symm L -> 0 < mu -> is_min L mu -> is_max L (100%:R * mu) ->
  (forall y, E P (fun t => quad 1%:M (Q t *m y)) = (1 + 25%:R^-1) * quad 1%:M y) ->
  exists gamma rho, [/\ 0 < gamma, rho < 1 & shrinks L P Q gamma rho].
Proof.
move=> symL mu0 min_L max_L second.
have omega0 : 0 <= 25%:R^-1 :> R by rewrite invr_ge0 ler0n.
apply/(iterates_contract symL mu0 min_L max_L omega0 second); rewrite -subr_gt0.
rewrite (_ : _ - _ = 199%:R / 25%:R * mu ^+ 2); last by field.
by rewrite mulr_gt0 ?divr_gt0 ?ltr0n ?exprn_gt0.
Qed.

(** Perm-q satisfies the hypothesis on the second moment with omega = n - 1. *)
Theorem perm_second (R : realFieldType) n d q (p : problem R n d) (i : 'I_n) y :
  d = (n * q)%N -> (0 < q)%N -> let s := perm_sketch R n d q in
  E (law s) (fun t => quad 1%:M (C t i *m y)) = (1 + (n%:R - 1)) * quad 1%:M y.
Proof.
move=> d_nq q0 s; have := perm_omega p d_nq q0 i y; rewrite -/s => omega.
have -> : (1 + (n%:R - 1)) * quad 1%:M y = (n%:R - 1) * quad 1%:M y + quad 1%:M y by ring.
rewrite -omega -[X in _ = _ + X](E_cst (law s)) -E_add.
have zero : E (law s) (fun t => inner 1%:M (C t i *m y - y) y) = 0.
  rewrite E_inner_l EM_sub EM_cst EM_mulr (perm_unbiased p d_nq q0) mul1mx subrr.
  exact: inner0l.
transitivity (E (law s) (fun t => (quad 1%:M (C t i *m y - y) + quad 1%:M y) +
    2%:R * inner 1%:M (C t i *m y - y) y)); last by rewrite E_add E_scale zero mulr0 addr0.
apply: eq_E => t; rewrite -{1}[C t i *m y](subrK y) quadD; last exact: symm1.
by rewrite addrAC.
Qed.

(** P12's setting: every omega = n - 1, and a step size 1/theta = 1/n. *)
Theorem subnetworks_every_omega (R : realFieldType) d (p : problem R d d) gamma k x0 :
  (forall i j, hess p i j j = 1) -> interpolation p -> 0 < gamma -> gamma <= d%:R^-1 ->
  after p (perm_sketch R d d 1) gamma k (fun x => quad (Lbar p) (x - xstar p)) x0 <=
  (1 - gamma * d%:R) ^+ k * quad (Lbar p) (x0 - xstar p).
Proof.
move=> unit_diag b0 g0 g1; apply: (theorem1_linear (theta := d%:R)) => //.
- exact: n_gt0 p.
- by move=> x; rewrite perm1_unit_theta.
- exact: perm1_unit_contraction.
Qed.
