(** * Coordinate masks drawn by a permutation

    Every sketch of the 2023 preprint is Diag(a) P_S with S the coordinates that
    a permutation p takes from a set A of positions: j is in S iff p^-1(j) is in A.

    - [mask a A p]: Diag(a) P_S.
    - [E_member], [E_member2]: P(j in S) = |A|/d; P(j, l in S) = |A|(|A|-1)/(d(d-1)).
    - [E_mask]: E Diag(a) P_S = (|A|/d) Diag(a).
    - [E_mask_sandwich]: E P_S M P_S = (|A|/d) (D + rho (M - D)), D = Diag(M),
      rho = (|A|-1)/(d-1). *)

From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic FisherYates UniformPermutation.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** The diagonal part of a matrix, and Diag(a). *)
Definition diag_part (R : realFieldType) d (M : 'M[R]_d) : 'M[R]_d := \matrix_(j, l) (M j l *+ (j == l)).
Definition diag_of (R : realFieldType) d (a : 'I_d -> R) : 'M[R]_d := \matrix_(j, l) (a j *+ (j == l)).

Section Mask.

Variables (R : realFieldType) (d : nat).
Implicit Types (a : 'I_d -> R) (A : {set 'I_d}) (p : 'S_d) (M : 'M[R]_d) (x : 'cV[R]_d).

Notation law := (uniform_perm R d).

Definition member A p (j : 'I_d) : bool := (p^-1)%g j \in A.
Definition mask a A p : 'M[R]_d := diag_of (fun j => a j * (member A p j)%:R).

Lemma diag_of_sym a : symm (diag_of a).
Proof.
by apply/matrixP => j l; rewrite !mxE eq_sym; case: eqP => [->|].
Qed.

Lemma diag_of_mulE a m (N : 'M[R]_(d, m)) j l : (diag_of a *m N) j l = a j * N j l.
Proof.
rewrite mxE (bigD1 j) //= big1 ?addr0 => [|k kj]; first by rewrite mxE eqxx.
by rewrite mxE eq_sym (negbTE kj) mul0r.
Qed.

Lemma mul_diag_ofE a m (N : 'M[R]_(m, d)) j l : (N *m diag_of a) j l = N j l * a l.
Proof.
rewrite mxE (bigD1 l) //= big1 ?addr0 => [|k kl]; first by rewrite mxE eqxx.
by rewrite mxE (negbTE kl) mulr0.
Qed.

Lemma mask_sym a A p : symm (mask a A p).
Proof. exact: diag_of_sym. Qed.

Lemma mask_colE a A p x j : (mask a A p *m x) j 0 = a j * (member A p j)%:R * x j 0.
Proof. exact: diag_of_mulE. Qed.

Lemma mask_sandwichE a A p M j l :
  (mask a A p *m M *m mask a A p) j l =
  a j * M j l * a l * ((member A p j)%:R * (member A p l)%:R).
Proof. by rewrite mul_diag_ofE diag_of_mulE; ring. Qed.

Lemma E_member A j : E law (fun p => (member A p j)%:R) = #|A|%:R / d%:R.
Proof.
rewrite -E_perm_inv.
have := @E_perm_in R d A [:: j] isT; rewrite !ffactn1 => <-.
by apply: eq_E => p; rewrite /member invgK /= andbT.
Qed.

Lemma natr_fall2 m : (m ^_ 2)%:R = m%:R * (m%:R - 1) :> R.
Proof. by case: m => [|m]; rewrite ?mul0r // ffactnS ffactn1 natrM /= -addn1 natrD addrK. Qed.

Lemma E_member2 A j l : j != l ->
  E law (fun p => (member A p j)%:R * (member A p l)%:R) =
  #|A|%:R * (#|A|%:R - 1) / (d%:R * (d%:R - 1)).
Proof.
move=> jl; rewrite -E_perm_inv.
have := @E_perm_in R d A [:: j; l]; rewrite /= inE jl !natr_fall2 => <- //.
by apply: eq_E => p; rewrite /member invgK /= andbT -natrM mulnb.
Qed.

Theorem E_mask a A : EM law (mask a A) = (#|A|%:R / d%:R) *: diag_of a.
Proof.
apply/matrixP => j l; rewrite EM_entry !mxE; case: (j =P l) => [<-|jl].
  rewrite mulr1n -(E_member A j) mulrC -E_scale.
  by apply: eq_E => p; rewrite mxE eqxx.
by rewrite mulr0; apply: E_cst_on => p; rewrite mxE; case: eqP.
Qed.

Theorem E_mask_sandwich a A M :
  EM law (fun p => mask a A p *m M *m mask a A p) =
  let N := diag_of a *m M *m diag_of a in (#|A|%:R / d%:R) *:
    (diag_part N + ((#|A|%:R - 1) / (d%:R - 1)) *: (N - diag_part N)).
Proof.
rewrite /=; set N := diag_of a *m M *m _; apply/matrixP => j l.
rewrite EM_entry (eq_E law (fun p => mask_sandwichE a A p M j l)) E_scale.
have -> : a j * M j l * a l = N j l by rewrite mul_diag_ofE diag_of_mulE.
move: N => N; rewrite !mxE.
case: (j =P l) => [<-|/eqP jl].
  rewrite mulr1n subrr mulr0 addr0 -(E_member A j) mulrC; congr (_ * _).
  by apply: eq_E => p; case: member; rewrite ?mulr1 ?mulr0.
rewrite E_member2 // mulr0n add0r subr0 invfM.
have swap (z k l' u w : R) : z * (k * l' * (u * w)) = k * u * (l' * w * z) by ring.
exact: swap.
Qed.

(** ||C x - x||^2 for a mask of constant weight c, where C^2 = c C. *)
Lemma quad_mask_sub c A p x : let C := mask (fun=> c) A p in
  quad 1%:M (C *m x - x) = (c - 2%:R) * inner C x x + quad 1%:M x.
Proof.
rewrite /=; set C := mask _ A p; rewrite quadB; last exact: symm1.
have -> : quad 1%:M (C *m x) = c * inner C x x.
  rewrite /quad inner_mull inner_mulr mulmx1 mask_sym -inner_scalem; congr (inner _ x x).
  apply/matrixP => j l; rewrite diag_of_mulE !mxE.
  by case: eqP => [->|_]; rewrite ?mulr0n ?mulr0 // !mulr1n; case: member; rewrite ?mulr1 ?mulr0 ?mul0r.
have -> : inner 1%:M (C *m x) x = inner C x x by rewrite inner_mull mulmx1 mask_sym.
ring.
Qed.

End Mask.
