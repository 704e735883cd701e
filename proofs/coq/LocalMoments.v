(** * The moments of rounds with several local steps, exactly (N9)

    A round x+ = G x + V with G = sum_i P_i M_i P_i and V = sum_i P_i u_i ([local_form]) has the
    moments of N4 and N5: [local_second_round], E x_k x_k' from the closed forms of SecondMoment.v
    and LinearMoment.v. The rounds of Algorithm 1 with sketches Diag(a_i) P_i have this form, with

    - [decoupled_form]: where no matrix couples a block (q = 1, diagonal L_i);
    - [one_step_form]: for one local step, any q: n M_i = D - gamma D L_i D, D = Diag(a_i);
    - [whole_form]: for whole blocks (q = d): n M_i = (I - gamma D L_i)^T D,

    the three cases of the C function ist_local_problem. Otherwise z_T is a polynomial of degree T
    in the block of L_i: see LocalContraction.v. *)

From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Problem Mask SecondMoment Dynamics LinearMoment.
From Ist Require Import LocalSteps.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Moments.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (s : sketch R n d) (gamma : R).
Variable owns : outcome s -> 'I_n -> 'I_d -> bool.
Variables (T : nat) (M : 'I_n -> 'M[R]_d) (u : 'I_n -> 'cV[R]_d).

Notation P := (block_projector R owns).
Notation round := (local_round p gamma T).

Definition local_form : Prop :=
  forall (t : outcome s) x, round x t = G owns M t *m x + V owns u t.

(** Worker by worker. *)
Lemma local_form_workers :
  (forall (t : outcome s) i x, n%:R^-1 *: local_model p gamma T t i x =
    P t i *m (M i *m (P t i *m x)) + P t i *m u i) -> local_form.
Proof.
move=> h t x; rewrite /local_round /mean scaler_sumr (eq_bigr _ (fun i _ => h t i x)) big_split.
by congr (_ + _); rewrite /G mulmx_suml; apply: eq_bigr => i _; rewrite !mulmxA.
Qed.

Hypothesis form : local_form.
Hypothesis symM : forall i, symm (M i).
Variables (ks kd : weights R).
Hypothesis law_pairs : pair_law (law s) owns ks kd.

Variable x0 : 'cV[R]_d.

Definition local_second k : 'M[R]_d := mwalk (law s) round k (fun x => x *m x^T) x0.

Theorem local_second_round k :
  let m := local_mean p s gamma T x0 k in let X := local_second k in
  let c := \sum_i mixed_terms (linear_sub (linear_of ks) (linear_of kd)) m (M i) (u i) +
    mixed_terms (linear_of kd) m (\sum_i M i) (\sum_i u i) in
  local_second k.+1 = \sum_i terms (weights_sub ks kd) X (M i) (M i) +
    terms kd X (\sum_i M i) (\sum_i M i) + (c + c^T) +
    (\sum_i outer_terms (weights_sub ks kd) (u i) + outer_terms kd (\sum_i u i)).
Proof.
move=> m X c.
have symX : symm X by rewrite /symm -mwalk_tr; apply: eq_mwalk => x; rewrite tr_mul trmxK.
pose g := G owns M; pose w := V owns u.
have symg t : (g t)^T = g t.
  rewrite /g /G linear_sum; apply: eq_bigr => i _ /=.
  by rewrite !tr_mul !diag_of_sym symM mulmxA.
have one x : EM (law s) (fun t => round x t *m (round x t)^T) =
    EM (law s) (fun t => g t *m (x *m x^T) *m g t) +
    (EM (law s) (fun t => g t *m x *m (w t)^T) + (EM (law s) (fun t => g t *m x *m (w t)^T))^T) +
    EM (law s) (fun t => w t *m (w t)^T).
  rewrite -EM_tr -!EM_add; apply: eq_EM => t; rewrite form -/g -/w.
  rewrite [(_ + _)^T]linearD /= mulmxDl !mulmxDr !tr_mul trmxK symg !mulmxA.
  by rewrite -!addrA; congr (_ + _); rewrite !addrA.
rewrite /local_second mwalkSr (eq_mwalk _ _ _ _ one) !mwalk_add mwalk_tr mwalk_cst.
congr (_ + (_ + _^T) + _).
- rewrite -(second_moment law_pairs M symX) mwalk_EM; apply: eq_EM => t.
  by rewrite mwalk_mulr mwalk_mull.
- rewrite /c -(mixed_moment law_pairs M u m) mwalk_EM; apply: eq_EM => t.
  by rewrite mwalk_mulr mwalk_mull.
- rewrite /c -(mixed_moment law_pairs M u m) mwalk_EM; apply: eq_EM => t.
  by rewrite mwalk_mulr mwalk_mull.
- exact: (outer_moment law_pairs u).
Qed.

End Moments.

(** ** The three forms *)

Section Forms.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (s : sketch R n d) (gamma : R).
Variables (a : 'I_n -> 'I_d -> R) (owns : outcome s -> 'I_n -> 'I_d -> bool).
Hypothesis masked : forall t i, C t i = diag_of (fun j => a i j * (owns t i j)%:R).

Notation P := (block_projector R owns).
Notation D i := (diag_of (a i)).

Theorem decoupled_form T : decoupled p owns ->
  local_form p gamma owns T (local_hess p gamma a T) (local_lin p gamma a T).
Proof. by move=> apart t x; exact: local_round_affine. Qed.

Lemma local_hess_sym T i : symm (local_hess p gamma a T i).
Proof. by rewrite /symm linearZ /= diag_of_sym. Qed.

(** C_i = P_i D = D P_i, and P_i C_i = C_i. *)
Lemma sketch_left t i : C t i = P t i *m D i.
Proof.
apply/matrixP => j l; rewrite masked diag_of_mulE !mxE.
by case: (j == l); rewrite ?mulr1n ?mulr0n ?mulr0 // mulrC.
Qed.

Lemma sketch_right t i : C t i = D i *m P t i.
Proof.
apply/matrixP => j l; rewrite masked diag_of_mulE !mxE.
by case: (j == l); rewrite ?mulr1n ?mulr0n ?mulr0.
Qed.

Lemma sketch_kept t i : P t i *m C t i = C t i.
Proof.
apply/matrixP => j l; rewrite diag_of_mulE masked !mxE.
by case: owns; rewrite ?mul1r // mul0r mulr0 mul0rn.
Qed.

Definition one_step_hess i : 'M[R]_d := n%:R^-1 *: (D i - gamma *: (D i *m hess p i *m D i)).
Definition one_step_lin i : 'cV[R]_d := n%:R^-1 *: (gamma *: (D i *m lin p i)).

Lemma one_step_hess_sym i : symm (one_step_hess i).
Proof.
by rewrite /symm linearZ /= linearB /= linearZ /= !tr_mul hess_sym diag_of_sym mulmxA.
Qed.

Theorem one_step_form : local_form p gamma owns 1 one_step_hess one_step_lin.
Proof.
apply: local_form_workers => t i x; rewrite /one_step_hess /one_step_lin.
rewrite -!(scalemxAl, scalemxAr) -scalerDr; congr (_ *: _).
rewrite mulmxBl -!(scalemxAl, scalemxAr) mulmxBr -!(scalemxAl, scalemxAr).
rewrite -!mulmxA [D i *m (P t i *m x)]mulmxA -sketch_right [P t i *m (C t i *m x)]mulmxA.
rewrite sketch_kept [P t i *m (D i *m _)]mulmxA -sketch_left.
rewrite [P t i *m (D i *m _)]mulmxA -sketch_left.
rewrite /local_model /= /local_step /grad_worker mulmxBr; move: (C t i *m x) => z.
by move: (C t i *m (hess p i *m z)) (C t i *m lin p i) => y w; vector_ring.
Qed.

(** I - gamma D L_i, one local step of a worker that has every coordinate. *)
Notation N i := (1%:M - gamma *: (D i *m hess p i)).

Definition whole_hess T i : 'M[R]_d := n%:R^-1 *: iter T (mulmx (N i)) (D i).
Definition whole_lin T i : 'cV[R]_d :=
  n%:R^-1 *: iter T (fun w => N i *m w + gamma *: (D i *m lin p i)) 0.

Lemma whole_hess_sym T i : symm (whole_hess T i).
Proof.
rewrite /symm linearZ /=; congr (_ *: _); set Z := iter T _ (D i).
have tr_N : (N i)^T = 1%:M - gamma *: (hess p i *m D i).
  by rewrite linearB /= trmx1 linearZ /= tr_mul hess_sym diag_of_sym.
have commute k : iter k (mulmx (N i)) (D i) *m (N i)^T = N i *m iter k (mulmx (N i)) (D i).
  elim: k => [|k IH] /=; last by rewrite -mulmxA IH.
  by rewrite tr_N mulmxBr mulmxBl mulmx1 mul1mx -!(scalemxAl, scalemxAr) mulmxA.
rewrite /Z; elim: T {Z} => [|k IH] /=; first by rewrite diag_of_sym.
by rewrite tr_mul IH commute.
Qed.

Theorem whole_form T : (forall t i j, owns t i j) ->
  local_form p gamma owns T (whole_hess T) (whole_lin T).
Proof.
move=> all_owned; apply: local_form_workers => t i x.
have P1 : P t i = 1%:M.
  by apply/matrixP => j l; rewrite !mxE all_owned.
have CD : C t i = D i by rewrite sketch_left P1 mul1mx.
rewrite P1 !mul1mx /whole_hess /whole_lin -scalemxAl -scalerDr; congr (_ *: _).
elim: T => [|k IH]; first by rewrite /= CD addr0.
rewrite /local_model iterS -/(local_model p gamma k t i x) IH /= -mulmxA.
set z := iter k _ (D i) *m x; set w := iter k _ 0; rewrite addrA -mulmxDr.
rewrite /local_step /grad_worker CD mulmxBr mulmxBl mul1mx.
rewrite -!(scalemxAl, scalemxAr) -mulmxA.
by move: (D i *m (hess p i *m (z + w))) (D i *m lin p i) (z + w) => y b v; vector_ring.
Qed.

End Forms.
