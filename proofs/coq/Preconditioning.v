(** * The change of variables (20) of the 2023 preprint (P23)

    y = S x for a symmetric invertible S takes the quadratics L_i, b_i to S^-1 L_i S^-1, S^-1 b_i:

    - [precondition]: the problem in y; that it is one says that symmetry and Lbar ≻ 0 carry over.
    - [precondition_value]: f(x) = ftilde(S x), worker by worker ([precondition_worker]).
    - [precondition_grad]: grad ftilde(S x) = S^-1 grad f(x).
    - [precondition_star]: the minimizer in y is S x*.
    - [precondition_pd]: a worker is positive definite in y iff it is in x.

    (20) is the homogeneous case L_i = L with S = D^1/2, D = Diag(L). Over an ordered field the
    root is a hypothesis, S = Diag(r) with r_j^2 = L_jj:

    - [root_sqr], [root_unit]: S S = D, and S is invertible.
    - [precondition_diagonal]: Ltilde = D^-1/2 L D^-1/2 has unit diagonal, which is what
      Homogeneous.v asks. *)

From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Problem Mask.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section ChangeOfVariables.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (S : 'M[R]_d).
Hypothesis S_sym : symm S.
Hypothesis S_unit : S \in unitmx.

Implicit Types (x y : 'cV[R]_d) (A : 'M[R]_d).

Notation inv_S := (invmx S).

Lemma quad_inv_root A x : quad (inv_S *m A *m inv_S) (S *m x) = quad A x.
Proof. by rewrite /quad inner_mull inner_mulr S_sym !mulmxA mulmxV // mul1mx mulmxKV. Qed.

Lemma symm_inv_root A : symm A -> symm (inv_S *m A *m inv_S).
Proof. by move=> symA; rewrite /symm !tr_mul (symm_inv S_sym) symA mulmxA. Qed.

Theorem precondition_pd A : pd (inv_S *m A *m inv_S) <-> pd A.
Proof.
split=> pdA x x0.
  rewrite -quad_inv_root; apply: pdA; apply: contra x0 => /eqP Sx.
  by rewrite -(mulKmx S_unit x) Sx mulmx0.
rewrite -(mulKVmx S_unit x) quad_inv_root; apply: pdA.
by apply: contra x0 => /eqP Sx; rewrite -(mulKVmx S_unit x) Sx mulmx0.
Qed.

Lemma precondition_mean :
  mean (fun i => inv_S *m hess p i *m inv_S) = inv_S *m Lbar p *m inv_S.
Proof. by rewrite mean_mulr mean_mull. Qed.

Lemma precondition_mean_pd : pd (mean (fun i => inv_S *m hess p i *m inv_S)).
Proof. by rewrite precondition_mean precondition_pd; exact: Lbar_pd. Qed.

Definition precondition : problem R n d :=
  @Problem R n d (workers_gt0 p) (fun i => inv_S *m hess p i *m inv_S)
    (fun i => inv_S *m lin p i) (fun i => symm_inv_root (hess_sym p i)) precondition_mean_pd.

Lemma precondition_bbar : bbar precondition = inv_S *m bbar p.
Proof. exact: mean_mull. Qed.

Theorem precondition_worker i x : f_worker precondition i (S *m x) = f_worker p i x.
Proof.
rewrite /f_worker quad_inv_root dot_mull (symm_inv S_sym) inner_mulr mulVmx //.
by rewrite -dot_inner.
Qed.

Theorem precondition_value x : f precondition (S *m x) = f p x.
Proof. by congr (_ * _); apply: eq_bigr => i _; exact: precondition_worker. Qed.

Theorem precondition_grad x : grad precondition (S *m x) = inv_S *m grad p x.
Proof.
rewrite /grad {1}/Lbar precondition_mean precondition_bbar mulmxBr -!mulmxA.
by rewrite (mulKmx S_unit).
Qed.

Theorem precondition_star : xstar precondition = S *m xstar p.
Proof.
apply: (canLR (mulKmx (Lbar_unit precondition))).
rewrite {1}/Lbar precondition_mean precondition_bbar -!mulmxA (mulKmx S_unit).
by rewrite Lbar_xstar.
Qed.

End ChangeOfVariables.

Section Diagonal.

Variables (R : realFieldType) (n d : nat) (p : problem R n d) (L : 'M[R]_d).
Hypothesis same_L : forall i, hess p i = L.
Variable r : 'I_d -> R.
Hypothesis r_sqr : forall j, r j ^+ 2 = L j j.

(** D^1/2 *)
Definition root : 'M[R]_d := diag_of r.

Theorem root_sqr : root *m root = diag_part L.
Proof.
apply/matrixP => j l; rewrite diag_of_mulE !mxE.
by case: (j =P l) => [<-|_]; rewrite ?mulr1n ?mulr0n ?mulr0 // -r_sqr expr2.
Qed.

Lemma same_L_pd : pd L.
Proof.
have := @Lbar_pd _ _ _ p; rewrite /Lbar (eq_mean same_L) mean_cst //; exact: workers_gt0 p.
Qed.

Lemma root_neq0 j : r j != 0.
Proof.
have : 0 < L j j.
  rewrite -quad_delta; apply: same_L_pd; apply/eqP => /colP/(_ j); rewrite !mxE !eqxx.
  exact/eqP/oner_neq0.
by rewrite -r_sqr; apply: contraTneq => ->; rewrite expr0n ltxx.
Qed.

Lemma root_inv : diag_of (fun j => (r j)^-1) *m root = 1%:M.
Proof.
apply/matrixP => j l; rewrite diag_of_mulE !mxE.
by case: eqP => _; rewrite ?mulr1n ?mulr0n ?mulr0 // mulVf // root_neq0.
Qed.

Theorem root_unit : root \in unitmx.
Proof. by have [] := mulmx1_unit root_inv. Qed.

Lemma invmx_root : invmx root = diag_of (fun j => (r j)^-1).
Proof. by rewrite -[RHS]mulmx1 -(mulmxV root_unit) mulmxA root_inv mul1mx. Qed.

Theorem precondition_diagonal i j :
  hess (precondition p (diag_of_sym r) root_unit) i j j = 1.
Proof.
rewrite /= same_L invmx_root mul_diag_ofE diag_of_mulE -r_sqr; field.
exact: root_neq0.
Qed.

End Diagonal.
