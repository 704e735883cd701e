(** * Several local steps contract, for every block size (N9, q > 1)

    Sketches Diag(a_i) P_{S_i}, a_ij > 0, any symmetric L_i, with [margin]:
    |D_i^-1 - gamma L_i| ⪯ delta D_i^-1 for D_i = Diag(a_i), delta >= 0. For a_ij = s and
    mu I ⪯ L_i ⪯ l I, 0 <= gamma and gamma s l <= 1 give delta = 1 - gamma s mu ([step_margin]).

    - [local_model_contracts]: T local steps shrink the distance of two models by delta^T, in the
      norm of D_i^-1; [local_model_minimizer]: they approach a minimizer of f_i on the block as
      fast, and there is one if L_i ≻ 0 ([block_minimizerP]).
    - [local_round_contracts]: on disjoint blocks, with a_ij <= a, surely
      ||x+ - y+|| <= (a/n) delta^T ||x - y||; for Perm-q a = n, and the factor is delta^T.
      [local_run_contracts]: every run forgets its start at that rate; [interpolation_run]: if
      b_i = 0, every run goes to x* = 0 at that rate.
    - [local_round_overlaps]: on blocks that may overlap, as for Rand-q, in mean square:
      E ||x+ - y+||^2 <= a^2 delta^2T P(j in S_i) ||x - y||^2, which is (d/q) delta^2T for Rand-q.
    - [perm_local_contraction], [rand_local_contraction]: for Perm-q and Rand-q with
      mu I ⪯ L_i ⪯ l I, in numbers.
    - [stays_near]: a random map that contracts by rho < 1 in mean square stays near any point
      c: E ||x_k - c||^2 <= rho^k ||x_0 - c||^2 + E ||Phi(c) - c||^2 / (1 - rho)^2;
      [local_neighbourhood]: so do T local steps on disjoint blocks, rho = (a/n) delta^T.

    Open for 1 < q < d where matrices couple a block: z_T is a polynomial of degree T in the block
    of L_i, and for 1 < T < infinity we have no closed form of its expectation; hence none of the
    limit of E x_k, nor of how that depends on T (T = 1 and q = d: LocalMoments.v). Where
    (a/n) delta^T >= 1, possible for scaled sketches and few local steps, nothing is claimed. *)

From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Problem Theorem1 Mask PermSketch SecondMoment.
From Ist Require Import RandSketch RandMoment Conditioning Corrections MeanConvergence Instances.
From Ist Require Import LocalSteps.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Forms.

Variables (R : realFieldType) (d : nat).
Implicit Types (H L : 'M[R]_d) (x y : 'cV[R]_d).

(** x -> y with H y = (H - gamma L) x contracts in the norm of H. *)
Lemma form_contracts H L gamma delta x y : symm H -> symm L -> 0 <= delta ->
  (forall z, `|quad H z - gamma * quad L z| <= delta * quad H z) ->
  H *m y = H *m x - gamma *: (L *m x) -> quad H y <= delta ^+ 2 * quad H x.
Proof.
move=> symH symL delta0 bound yE; pose S := H - gamma *: L.
have symS : symm S by rewrite /symm linearB /= linearZ /= symH symL.
have quadS z : quad S z = quad H z - gamma * quad L z by rewrite quad_subm quad_scalem.
have innerS : inner S x y = quad H y.
  rewrite (inner_sym _ _ symS) /quad !inner_dot yE; congr (dot _ _).
  by rewrite mulmxBl -scalemxAl.
have key c : 2%:R * c * quad H y <= delta * (quad H x + c ^+ 2 * quad H y).
  have up := le_trans (ler_norm _) (bound (x + c *: y)).
  have low : - quad S (x - c *: y) <= delta * quad H (x - c *: y).
    by apply: le_trans (bound _); rewrite -normrN quadS; exact: ler_norm.
  have := ler_add up low; rewrite -quadS.
  rewrite (quadD _ _ symS) (quadB _ _ symS) (quadD _ _ symH) (quadB _ _ symH).
  rewrite !quadZ !innerZr innerS.
  move: (quad S x) (quad S y) (quad H x) (quad H y) (inner H x y) => sx sy hx hy h.
  rewrite (_ : _ + - _ = 2%:R * (2%:R * c * hy)); last by ring.
  rewrite (_ : _ + delta * _ = 2%:R * (delta * (hx + c ^+ 2 * hy))); last by ring.
  by rewrite ler_pmul2l ?ltr0n.
have [delta_0|delta_neq0] := eqVneq delta 0.
  have := key 1; rewrite delta_0 mul0r mulr1 expr0n mul0r.
  by rewrite pmulr_rle0 ?ltr0n.
have pos : 0 < delta by rewrite lt0r delta_neq0.
have := key delta^-1; rewrite -(ler_pmul2l pos).
rewrite (_ : delta * (2%:R * _ * _) = quad H y + quad H y); last by field.
rewrite (_ : delta * (delta * _) = delta ^+ 2 * quad H x + quad H y); last by field.
by rewrite ler_add2r.
Qed.

Lemma quad_diag_of (h : 'I_d -> R) x : quad (diag_of h) x = \sum_j h j * x j 0 ^+ 2.
Proof.
rewrite /quad /inner -mulmxA mxE; apply: eq_bigr => j _.
by rewrite mxE diag_of_mulE; ring.
Qed.

End Forms.

(** ** Near any point, for a random map that contracts in mean square *)

Section Neighbourhood.

Variables (R : realFieldType) (d : nat) (T : finType) (P : dist R T).
Variables (phi : 'cV[R]_d -> T -> 'cV[R]_d) (rho : R).
Hypothesis rho_gt0 : 0 < rho.
Hypothesis rho_lt1 : rho < 1.
Hypothesis contracts : forall x y,
  E P (fun t => quad 1%:M (phi x t - phi y t)) <= rho ^+ 2 * quad 1%:M (x - y).

Theorem stays_near k x c :
  walk P phi k (fun y => quad 1%:M (y - c)) x <=
  rho ^+ k * quad 1%:M (x - c) + E P (fun t => quad 1%:M (phi c t - c)) / (1 - rho) ^+ 2.
Proof.
set zeta := E P (fun t => quad 1%:M (phi c t - c)); have c0 : 0 < 1 - rho by rewrite subr_gt0.
have zeta0 : 0 <= zeta by apply: E_ge0 => t; exact: quad1_ge0.
have one y : E P (fun t => quad 1%:M (phi y t - c)) <=
    rho * quad 1%:M (y - c) + zeta / (1 - rho).
  apply: (@le_trans _ _ (E P (fun t => rho^-1 * quad 1%:M (phi y t - phi c t) +
      (1 - rho)^-1 * quad 1%:M (phi c t - c)))).
    apply: E_le => t; have -> : phi y t - c = (phi y t - phi c t) + (phi c t - c).
      by rewrite addrA subrK.
    move: (phi y t - phi c t) (phi c t - c) => u w.
    rewrite (quadD _ _ (symm1 R d)).
    have yg := young u w (symm1 R d) (@quad1_ge0 R d) (_ : 0 < (1 - rho) / rho).
    rewrite divr_gt0 // in yg; move: (yg isT); move: (quad 1%:M u) (quad 1%:M w) => U W h.
    rewrite -subr_ge0; rewrite -subr_ge0 in h.
    by rewrite (_ : _ - _ = (1 - rho) / rho * U + ((1 - rho) / rho)^-1 * W -
      2%:R * inner 1%:M u w) //; field; rewrite !gt_eqF.
  rewrite E_add !E_scale -/zeta [zeta / _]mulrC ler_add2r ler_pdivr_mull // mulrA -expr2.
  exact: contracts.
elim: k => [|k IH].
  by rewrite expr0 mul1r /= ler_addl divr_ge0 // sqr_ge0.
rewrite walkSr; apply: (le_trans (walk_le _ _ _ _ one)); rewrite walk_add walk_scale walk_cst.
apply: (le_trans (ler_add (ler_wpmul2l (ltW rho_gt0) IH) (lexx _))).
rewrite le_eqVlt [rho ^+ k.+1]exprS; apply/orP; left; apply/eqP.
move: zeta (rho ^+ k) (quad _ _) {IH zeta0 one} => z r N; by field; rewrite gt_eqF.
Qed.

End Neighbourhood.

(** ** One worker *)

Section Worker.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (s : sketch R n d) (gamma : R).
Variables (a : 'I_n -> 'I_d -> R) (owns : outcome s -> 'I_n -> 'I_d -> bool).
Hypothesis masked : forall t i, C t i = diag_of (fun j => a i j * (owns t i j)%:R).
Hypothesis a_gt0 : forall i j, 0 < a i j.

Implicit Types (t : outcome s) (i : 'I_n) (j : 'I_d) (T : nat) (x y z e : 'cV[R]_d).

(** D_i^-1 *)
Definition scale_inv i : 'M[R]_d := diag_of (fun j => (a i j)^-1).

Definition margin (delta : R) : Prop := forall i x,
  `|quad (scale_inv i) x - gamma * quad (hess p i) x| <= delta * quad (scale_inv i) x.

Variable delta : R.
Hypothesis delta_ge0 : 0 <= delta.
Hypothesis within : margin delta.

Definition supported t i e : Prop := forall j, ~~ owns t i j -> e j 0 = 0.

Notation N i x := (quad (scale_inv i) x).
Notation step := (local_step p gamma).

Lemma step_difference t i z y :
  step t i z - step t i y = (z - y) - gamma *: (C t i *m (hess p i *m (z - y))).
Proof.
rewrite /local_step; set e := z - y.
have -> : grad_worker p i z = grad_worker p i y + hess p i *m e.
  by rewrite /grad_worker /e mulmxBr; move: (hess p i *m z) (hess p i *m y) => u w; vector_ring.
rewrite mulmxDr /e; move: (C t i *m grad_worker p i y) (C t i *m _) => u w; vector_ring.
Qed.

Lemma step_contracts t i z y : supported t i (z - y) ->
  N i (step t i z - step t i y) <= delta ^+ 2 * N i (z - y) /\
  supported t i (step t i z - step t i y).
Proof.
rewrite step_difference; move: (z - y) => e outside.
pose w := e - gamma *: (diag_of (a i) *m (hess p i *m e)).
have wE : scale_inv i *m w = scale_inv i *m e - gamma *: (hess p i *m e).
  rewrite mulmxBr -scalemxAr; congr (_ - _ *: _); apply/colP => j.
  by rewrite !diag_of_mulE mulKf ?gt_eqF.
have step_entry j : (e - gamma *: (C t i *m (hess p i *m e))) j 0 = (owns t i j)%:R * w j 0.
  have subE (u v : 'cV[R]_d) : (u - gamma *: v) j 0 = u j 0 - gamma * v j 0 by rewrite !mxE.
  rewrite !subE (masked_mulE masked) diag_of_mulE.
  case: (boolP (owns t i j)) => own; first by rewrite !mulr1n mulr1 mul1r.
  by rewrite outside // mulr0n !mulr0 !mul0r mulr0 subr0.
split=> [|j out]; last by rewrite step_entry (negbTE out) mul0r.
apply: le_trans (form_contracts (diag_of_sym _) (hess_sym p i) delta_ge0 (within i) wE).
rewrite /scale_inv !quad_diag_of; apply: ler_sum => j _; rewrite step_entry.
rewrite ler_wpmul2l ?invr_ge0 ?(ltW (a_gt0 _ _)) // exprMn ler_pimull ?sqr_ge0 //.
by case: owns; rewrite ?expr1n ?expr0n ?ler01.
Qed.

Lemma steps_contract T t i z y : supported t i (z - y) ->
  N i (iter T (step t i) z - iter T (step t i) y) <= (delta ^+ 2) ^+ T * N i (z - y) /\
  supported t i (iter T (step t i) z - iter T (step t i) y).
Proof.
move=> outside; elim: T => [|T [IH outsideT]]; first by rewrite expr0 mul1r.
have [shrinks ?] := step_contracts outsideT; split=> //.
rewrite exprS -mulrA; apply: (le_trans shrinks).
by rewrite ler_wpmul2l ?sqr_ge0.
Qed.

Lemma sketch_supported t i x y : supported t i (C t i *m x - C t i *m y).
Proof.
by move=> j out; rewrite -mulmxBr (masked_mulE masked) (negbTE out) mulr0 mul0r.
Qed.

Theorem local_model_contracts T t i x y :
  N i (local_model p gamma T t i x - local_model p gamma T t i y) <=
  (delta ^+ 2) ^+ T * \sum_j (owns t i j)%:R * (a i j * (x - y) j 0 ^+ 2).
Proof.
have [bound _] := steps_contract T (sketch_supported (t := t) (i := i) x y).
apply: (le_trans bound); rewrite le_eqVlt; apply/orP; left; apply/eqP; congr (_ * _).
rewrite -mulmxBr /scale_inv quad_diag_of; apply: eq_bigr => j _; rewrite (masked_mulE masked).
move: ((x - y) j 0) => u; case: owns; last by rewrite mulr0 !mul0r expr0n mulr0.
by rewrite mulr1n; field; rewrite gt_eqF.
Qed.

(** A minimizer of f_i on the block is a fixed point. *)
Theorem local_model_minimizer T t i x z : supported t i z ->
  C t i *m grad_worker p i z = 0 ->
  N i (local_model p gamma T t i x - z) <= (delta ^+ 2) ^+ T * N i (C t i *m x - z).
Proof.
move=> outside still; have fixed : iter T (step t i) z = z.
  by elim: T => [|T IH] //=; rewrite IH /local_step still scaler0 subr0.
rewrite -{1}fixed; apply: (steps_contract T _).1 => j out.
have subE (u v : 'cV[R]_d) : (u - v) j 0 = u j 0 - v j 0 by rewrite !mxE.
by rewrite subE (masked_mulE masked) outside // (negbTE out) mulr0 mul0r subr0.
Qed.

(** Its place, where L_i ≻ 0: (P L_i P + I - P)^-1 P b_i, P the projector on the block. *)
Section Minimizer.

Variables (t : outcome s) (i : 'I_n).
Hypothesis pd_i : pd (hess p i).

Notation P := (block_projector R owns t i).

Definition block_hess : 'M[R]_d := P *m hess p i *m P + (1%:M - P).
Definition block_minimizer : 'cV[R]_d := invmx block_hess *m (P *m lin p i).

Lemma projector_square : P *m P = P.
Proof.
apply/matrixP => j l; rewrite diag_of_mulE !mxE.
by case: owns; rewrite ?mul1r // mul0r mul0rn.
Qed.

Lemma block_hess_pd : pd block_hess.
Proof.
have symP : symm P by exact: diag_of_sym.
move=> x x0; have -> : quad block_hess x = quad (hess p i) (P *m x) + quad 1%:M (x - P *m x).
  rewrite quad_addm; congr (_ + _); first by rewrite /quad inner_mull inner_mulr symP.
  rewrite quad_subm (quadB x _ (symm1 R d)) inner_mulr mul1mx.
  have -> : quad 1%:M (P *m x) = quad P x.
    by rewrite /quad inner_mull inner_mulr symP mulmx1 projector_square.
  by rewrite /quad; ring.
have [Px|Px] := eqVneq (P *m x) 0.
  by rewrite Px quad0 add0r subr0; exact: pd1.
by rewrite ltr_paddr ?quad1_ge0 // pd_i.
Qed.

Theorem block_minimizerP :
  supported t i block_minimizer /\ C t i *m grad_worker p i block_minimizer = 0.
Proof.
have := mulKVmx (pd_unit block_hess_pd) (P *m lin p i); rewrite -/block_minimizer.
move: block_minimizer => z; rewrite mulmxDl mulmxBl mul1mx => solves.
have kept : P *m z = z.
  have := congr1 (mulmx P) solves; rewrite mulmxDr mulmxBr !mulmxA !projector_square subrr addr0.
  move=> inside; move: solves; rewrite -inside -[X in _ = X]addr0 => /addrI/eqP.
  by rewrite subr_eq0 => /eqP <-.
split=> [j out|]; first by rewrite -kept diag_of_mulE (negbTE out) mul0r.
have still : P *m grad_worker p i z = 0.
  by rewrite mulmxBr -solves -{2}kept kept subrr addr0 -!mulmxA kept subrr.
have CP : C t i = diag_of (a i) *m P.
  by apply/matrixP => j l; rewrite masked diag_of_mulE !mxE; case: (j == l);
    rewrite ?mulr1n ?mulr0n ?mulr0.
by rewrite CP -mulmxA still mulmx0.
Qed.

End Minimizer.

(** ** The round *)

Variable amax : R.
Hypothesis amax_ge0 : 0 <= amax.
Hypothesis a_le : forall i j, a i j <= amax.

Notation rho T := (amax ^+ 2 * (delta ^+ 2) ^+ T).

Lemma worker_bound T t i x y :
  quad 1%:M (local_model p gamma T t i x - local_model p gamma T t i y) <=
  rho T * \sum_j (owns t i j)%:R * (x - y) j 0 ^+ 2.
Proof.
set e := _ - local_model _ _ _ _ _ _.
have up : quad 1%:M e <= amax * N i e.
  rewrite quad1_norm /norm_sq quad_diag_of mulr_sumr; apply: ler_sum => j _.
  by rewrite mulrA ler_pemull ?sqr_ge0 // ler_pdivl_mulr ?mul1r.
apply: (le_trans up); rewrite expr2 -!mulrA ler_wpmul2l //.
apply: (le_trans (local_model_contracts T t i x y)).
rewrite mulrCA ler_wpmul2l ?exprn_ge0 ?sqr_ge0 // mulr_sumr; apply: ler_sum => j _.
by rewrite mulrCA ler_wpmul2r // mulr_ge0 ?ler0n ?sqr_ge0.
Qed.

(** The difference of two rounds. *)
Lemma round_difference T t x y j :
  (local_round p gamma T x t - local_round p gamma T y t) j 0 =
  n%:R^-1 * \sum_i (local_model p gamma T t i x - local_model p gamma T t i y) j 0.
Proof.
by rewrite /local_round -mean_sub /mean mxE summxE.
Qed.

Lemma model_supported T t i x y j : ~~ owns t i j ->
  (local_model p gamma T t i x - local_model p gamma T t i y) j 0 = 0.
Proof. exact: (steps_contract T (sketch_supported (t := t) (i := i) x y)).2. Qed.

Let n_gt0 : 0 < n%:R :> R. Proof. exact: n_gt0 p. Qed.

Section Disjoint.

Hypothesis disjoint : forall t i k j, owns t i j -> owns t k j -> i = k.

(** Sums with one term at most. *)
Lemma square_sum t j (e : 'I_n -> R) : (forall i, ~~ owns t i j -> e i = 0) ->
  (\sum_i e i) ^+ 2 = \sum_i e i ^+ 2.
Proof.
move=> outside; case: (pickP (fun i => owns t i j)) => [i own|none].
  have zero k : k != i -> e k = 0.
    by move=> ki; apply: outside; apply: contra ki => own'; rewrite (disjoint own' own).
  rewrite (bigD1 i) //= big1 ?addr0; last exact: zero.
  by rewrite [RHS](bigD1 i) //= big1 ?addr0 // => k /zero->; rewrite expr0n.
have zero i : e i = 0 by apply: outside; rewrite none.
rewrite big1 => [|i _]; last exact: zero.
by rewrite expr0n big1 // => i _; rewrite zero expr0n.
Qed.

Lemma owners_le1 t j : \sum_i (owns t i j)%:R <= 1 :> R.
Proof.
case: (pickP (fun i => owns t i j)) => [i own|none]; last first.
  by rewrite big1 ?ler01 // => i _; rewrite none.
rewrite (bigD1 i) //= own big1 ?addr0 // => k ki.
by case: (boolP (owns t k j)) => // own'; case/eqP: ki; exact: disjoint own' own.
Qed.

Theorem local_round_contracts T t x y :
  quad 1%:M (local_round p gamma T x t - local_round p gamma T y t) <=
  (amax / n%:R) ^+ 2 * (delta ^+ 2) ^+ T * quad 1%:M (x - y).
Proof.
have square j : (local_round p gamma T x t - local_round p gamma T y t) j 0 ^+ 2 =
    n%:R^-1 ^+ 2 * \sum_i
      (local_model p gamma T t i x - local_model p gamma T t i y) j 0 ^+ 2.
  rewrite round_difference exprMn; congr (_ * _).
  by apply: (square_sum (t := t) (j := j)) => i; exact: model_supported.
rewrite quad1_norm /norm_sq; under eq_bigr do rewrite square.
rewrite -mulr_sumr exchange_big /=.
have -> : (amax / n%:R) ^+ 2 * (delta ^+ 2) ^+ T = n%:R^-1 ^+ 2 * rho T.
  by move: (_ ^+ T) (n%:R^-1) => D m; ring.
rewrite -[X in _ <= X]mulrA ler_wpmul2l ?sqr_ge0 //.
apply: (@le_trans _ _ (\sum_i rho T * \sum_j (owns t i j)%:R * (x - y) j 0 ^+ 2)).
  apply: ler_sum => i _; rewrite -[X in X <= _]/(norm_sq _) -quad1_norm; exact: worker_bound.
rewrite -mulr_sumr ler_wpmul2l ?mulr_ge0 ?exprn_ge0 ?sqr_ge0 // exchange_big quad1_norm /=.
apply: ler_sum => j _; rewrite -mulr_suml ler_pimull ?sqr_ge0 //; exact: owners_le1.
Qed.

Theorem local_run_contracts T (w : seq (outcome s)) x y :
  quad 1%:M (foldl (local_round p gamma T) x w - foldl (local_round p gamma T) y w) <=
  ((amax / n%:R) ^+ 2 * (delta ^+ 2) ^+ T) ^+ size w * quad 1%:M (x - y).
Proof.
have r0 : 0 <= (amax / n%:R) ^+ 2 * (delta ^+ 2) ^+ T.
  by rewrite mulr_ge0 ?sqr_ge0 // exprn_ge0 ?sqr_ge0.
move: local_round_contracts r0 => /(_ T); move: (_ * _) => r once r0.
elim: w x y => [|t w IH] x y; first by rewrite expr0 mul1r.
by apply: (le_trans (IH _ _)); rewrite [size _]/= exprSr -mulrA ler_wpmul2l ?exprn_ge0.
Qed.

Theorem interpolation_run T (w : seq (outcome s)) x : interpolation p ->
  quad 1%:M (foldl (local_round p gamma T) x w - xstar p) <=
  ((amax / n%:R) ^+ 2 * (delta ^+ 2) ^+ T) ^+ size w * quad 1%:M (x - xstar p).
Proof.
move=> b0; have -> : xstar p = 0 by exact: xstar_zero.
have zero t : local_round p gamma T 0 t = 0.
  rewrite /local_round /mean big1 ?scaler0 // => i _; rewrite /local_model mulmx0.
  elim: (T) => [|k IH] //=; rewrite IH /local_step /grad_worker b0 mulmx0 subr0 mulmx0.
  by rewrite scaler0 subr0.
have still : foldl (local_round p gamma T) 0 w = 0 by elim: w => [|t w IH] //=; rewrite zero.
by rewrite -{1}still; exact: local_run_contracts.
Qed.

Theorem local_neighbourhood T k x c : let rho := amax / n%:R * delta ^+ T in
  0 < rho -> rho < 1 ->
  walk (law s) (local_round p gamma T) k (fun y => quad 1%:M (y - c)) x <=
  rho ^+ k * quad 1%:M (x - c) +
  E (law s) (fun t => quad 1%:M (local_round p gamma T c t - c)) / (1 - rho) ^+ 2.
Proof.
move=> rho rho0 rho1; apply: stays_near => // y z.
rewrite -(E_cst (law s) (rho ^+ 2 * _)); apply: E_le => t.
by rewrite exprMn -exprM mulnC exprM; exact: local_round_contracts.
Qed.

End Disjoint.

(** ** Blocks that overlap *)

Section Overlap.

Variable share : R.
Hypothesis owned : forall i j, E (law s) (fun t => (owns t i j)%:R) = share.

Lemma square_mean (e : 'I_n -> R) :
  (n%:R^-1 * \sum_i e i) ^+ 2 <= n%:R^-1 * \sum_i e i ^+ 2.
Proof.
set m := n%:R^-1 * _; have nm : \sum_i e i = n%:R * m by rewrite /m mulVKf // gt_eqF.
rewrite -subr_ge0 (_ : _ - _ = n%:R^-1 * \sum_i (e i - m) ^+ 2).
  by rewrite mulr_ge0 ?invr_ge0 ?(ltW n_gt0) // sumr_ge0 // => i _; exact: sqr_ge0.
have -> : \sum_i (e i - m) ^+ 2 = \sum_i e i ^+ 2 - 2%:R * m * (\sum_i e i) + n%:R * m ^+ 2.
  have cst : n%:R * m ^+ 2 = \sum_(i < n) m ^+ 2 by rewrite sumr_const card_ord mulr_natl.
  rewrite cst mulr_sumr -sumrB -big_split.
  by apply: eq_bigr => i _ /=; ring.
by rewrite nm; move: (\sum_i _ ^+ 2) => S; clear nm; clearbody m; field; rewrite gt_eqF.
Qed.

Theorem local_round_overlaps T x y :
  E (law s) (fun t => quad 1%:M (local_round p gamma T x t - local_round p gamma T y t)) <=
  rho T * share * quad 1%:M (x - y).
Proof.
apply: (@le_trans _ _ (E (law s) (fun t => n%:R^-1 * \sum_i rho T *
    \sum_j (owns t i j)%:R * (x - y) j 0 ^+ 2))).
  apply: E_le => t; rewrite quad1_norm /norm_sq.
  apply: (@le_trans _ _ (\sum_j n%:R^-1 * \sum_i
      (local_model p gamma T t i x - local_model p gamma T t i y) j 0 ^+ 2)).
    by apply: ler_sum => j _; rewrite round_difference; exact: square_mean.
  rewrite -mulr_sumr exchange_big ler_wpmul2l ?invr_ge0 ?(ltW n_gt0) //=.
  apply: ler_sum => i _; rewrite -[X in X <= _]/(norm_sq _) -quad1_norm; exact: worker_bound.
rewrite E_scale E_sum; under eq_bigr do rewrite E_scale E_sum.
rewrite -mulr_sumr [X in X <= _]mulrCA -[X in _ <= X]mulrA.
rewrite ler_wpmul2l ?(mulr_ge0, exprn_ge0, sqr_ge0) //.
rewrite (eq_bigr (fun=> share * quad 1%:M (x - y))) => [|i _].
  by rewrite sumr_const card_ord -[X in _ * X <= _]mulr_natl mulKf // gt_eqF.
rewrite quad1_norm mulr_sumr; apply: eq_bigr => j _.
by rewrite -(owned i j) mulrC -E_scale; apply: eq_E => t; rewrite mulrC.
Qed.

End Overlap.

End Worker.

(** Scales a_ij = s, and mu I ⪯ L_i ⪯ l I. *)
Theorem step_margin (R : realFieldType) n d (p : problem R n d) (gamma c mu ell : R) :
  0 < c -> 0 <= gamma -> gamma * c * ell <= 1 ->
  (forall i, loewner (mu *: 1%:M) (hess p i)) -> (forall i, loewner (hess p i) (ell *: 1%:M)) ->
  margin p gamma (fun _ _ => c) (1 - gamma * c * mu).
Proof.
move=> c0 g0 small low up i x.
have -> : quad (scale_inv (fun _ _ => c) i) x = c^-1 * quad 1%:M x.
  by rewrite quad_diag_of quad1_norm /norm_sq mulr_sumr.
have := low i x; have := up i x; rewrite !quad_scalem; have := quad1_ge0 x.
move: (quad 1%:M x) (quad (hess p i) x) => N q N0 upq lowq.
have gq : gamma * q <= c^-1 * N.
  apply: (le_trans (ler_wpmul2l g0 upq)); rewrite mulrA ler_wpmul2r // -div1r ler_pdivl_mulr //.
  by rewrite mulrAC.
rewrite ger0_norm ?subr_ge0 // (_ : (1 - _) * _ = c^-1 * N - gamma * (mu * N)).
  by rewrite ler_add2l ler_opp2 ler_wpmul2l.
by field; rewrite gt_eqF.
Qed.

(** ** Perm-q and Rand-q, mu I ⪯ L_i ⪯ l I *)

Section Sketches.

Variables (R : realFieldType) (n d q : nat) (p : problem R n d) (gamma mu ell : R).
Hypothesis q_gt0 : (0 < q)%N.
Hypothesis gamma_ge0 : 0 <= gamma.
Hypothesis mu_le : mu <= ell.
Hypothesis lower : forall i, loewner (mu *: 1%:M) (hess p i).
Hypothesis upper : forall i, loewner (hess p i) (ell *: 1%:M).

Lemma margin_ge0 c : 0 < c -> gamma * c * ell <= 1 -> 0 <= 1 - gamma * c * mu.
Proof.
move=> c0 small; rewrite subr_ge0; apply: le_trans small.
by rewrite ler_wpmul2l // mulr_ge0 // ltW.
Qed.

Theorem perm_local_contraction T (w : seq (outcome (perm_sketch R n d q))) x y :
  d = (n * q)%N -> gamma * n%:R * ell <= 1 ->
  quad 1%:M (foldl (local_round p gamma T) x w - foldl (local_round p gamma T) y w) <=
  ((1 - gamma * n%:R * mu) ^+ 2) ^+ (T * size w) * quad 1%:M (x - y).
Proof.
move=> d_nq small; have n0 := n_gt0 p.
have := local_run_contracts (@perm_masked R n d q (fun _ _ => n%:R)) (fun _ _ => n0)
  (margin_ge0 n0 small) (step_margin n0 gamma_ge0 small lower upper) (ltW n0) (fun _ _ => lexx _)
  (@perm_disjoint n d q) T w x y.
by rewrite divff ?gt_eqF // expr1n mul1r -exprM.
Qed.

Theorem rand_local_contraction T x y : (q <= d)%N -> gamma * (d%:R / q%:R) * ell <= 1 ->
  E (law (rand_sketch R n d q))
    (fun t => quad 1%:M (local_round p gamma T x t - local_round p gamma T y t)) <=
  d%:R / q%:R * ((1 - gamma * (d%:R / q%:R) * mu) ^+ 2) ^+ T * quad 1%:M (x - y).
Proof.
move=> qd; set c := d%:R / q%:R => small.
have q0 : 0 < q%:R :> R by rewrite ltr0n.
have d0 : 0 < d%:R :> R by rewrite ltr0n (leq_trans q_gt0).
have c0 : 0 < c by rewrite divr_gt0.
have := local_round_overlaps (@rand_masked R n d q) (fun _ _ => c0) (margin_ge0 c0 small)
  (step_margin c0 gamma_ge0 small lower upper) (ltW c0) (fun _ _ => lexx _)
  (@rand_owned R n d q qd) T x y.
rewrite (_ : c ^+ 2 * _ * _ = c * ((1 - gamma * c * mu) ^+ 2) ^+ T) //.
by move: (_ ^+ T) => D; rewrite /c; field; rewrite !gt_eqF.
Qed.

End Sketches.

(** ** Instance: two workers, blocks of two coordinates, L = (I + J)/2, b = 0, gamma = 1/8 *)

Definition wide_zero (R : realFieldType) : problem R 2 4 :=
  same_problem (isT : (0 < 2)%N) 0 (half_ones_sym R 4) (@half_ones_pd R 4).

(** Perm-2 and Rand-2 alike, as n = d/q = 2. *)
Theorem bounds_instance (R : realFieldType) : let p := wide_zero R in
  [/\ 0 <= 8%:R^-1 :> R, 8%:R^-1 * 2%:R * 4%:R <= 1 :> R /\ 4%:R / 2%:R = 2%:R :> R,
      2%:R^-1 <= 4%:R :> R, forall i, loewner (2%:R^-1 *: 1%:M) (hess p i) &
      forall i, loewner (hess p i) (4%:R *: 1%:M)].
Proof.
move=> p; split=> [||| i x | i x]; first by rewrite invr_ge0 ler0n.
- by rewrite (_ : _ * _ = 1); [split=> //; field | field].
- by rewrite (le_trans (y := 1)) ?ler1n // invf_le1 ?ltr0n ?ler1n.
- by rewrite quad_scalem quad_half_ones ler_wpmul2l ?invr_ge0 ?ler0n // ler_addl sqr_ge0.
have := psd_trace x (half_ones_sym R 4) (pd_psd (@half_ones_pd R 4)); rewrite quad_scalem.
by rewrite /mxtrace (eq_bigr (fun=> 1)) ?sumr_const ?card_ord // => j _; exact: half_ones_diag.
Qed.

Theorem contraction_instance (R : realFieldType) : let p := wide_zero R in
  let delta : R := 7%:R / 8%:R in let rho : R := 2%:R / 2%:R * delta ^+ 1 in
  [/\ margin p 8%:R^-1 (fun _ _ => 2%:R) delta, 0 <= delta,
      forall t i k j, @perm_owns 2 4 2 t i j -> @perm_owns 2 4 2 t k j -> i = k, interpolation p &
      0 < rho /\ rho < 1].
Proof.
move=> p delta rho; have delta0 : 0 < delta by rewrite divr_gt0 ?ltr0n.
have rhoE : rho = delta by rewrite /rho divff ?pnatr_eq0 // mul1r expr1.
split=> //; [|exact: ltW | |].
- have [g0 [small _] _ lower upper] := bounds_instance R.
  have -> : delta = 1 - 8%:R^-1 * 2%:R * 2%:R^-1 by rewrite /delta; field.
  by apply: step_margin g0 small lower upper; rewrite ltr0n.
- exact: perm_disjoint.
rewrite rhoE; split=> //; rewrite /delta ltr_pdivr_mulr ?ltr0n // mul1r ltr_nat //.
Qed.
