(** * The second moment E[G A G] of the Perm-q sketches, in closed form (N4)

    G = sum_i P_i M_i P_i, P_i the projector on worker i's block; B = c G. With
    falling factorials, p_k = q^(k)/d^(k) and r_jk = q^(j) q^(k)/d^(j+k).

    - [same_block], [two_blocks]: the probabilities that a, c are in one block and
      e, b in the same (in another) one, as a sum over the 15 coincidences of a, c, e, b.
    - [pair_law]: both at once, for any random blocks; [perm_pair_law]: those of Perm-q;
      [pair_law_one]: a single worker needs only ks.
    - [terms_entry]: the 15 matrix terms T^k(M), entry by entry.
    - [second_moment]: E[G A G] = sum_i T^{ks-kd}(M_i) + T^{kd}(sum M) for symmetric A, the
      formula of the C function ist_second_moment.
    - [perm_second_moment], [scaled_second_moment]: E[B A B] for Perm-q (c = n, M_i = L_i)
      and for scaled Perm-q (c = 1, M_i = Ltilde_i). *)

From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From mathcomp.algebra_tactics Require Import ring.
From Ist Require Import Probability Quadratic Problem FisherYates UniformPermutation Mask PermSketch.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

(** One weight for each way in which the indices a, c, e, b can coincide. *)
Record weights (R : Type) := Weights {
  w_none : R; w_ac : R; w_eb : R; w_ce : R; w_ae : R; w_cb : R; w_ab : R;
  w_ac_eb : R; w_ae_cb : R; w_ab_ce : R; w_ace : R; w_ceb : R; w_acb : R; w_aeb : R; w_all : R
}.

Section Terms.

Variables (R : realFieldType) (d : nat).
Implicit Types (A M N : 'M[R]_d) (a b c e : 'I_d) (k : weights R).

(** The sum of the weights of the coincidences that hold. *)
Definition at_indices k a c e b : R :=
  w_none k + w_ac k * (a == c)%:R + w_eb k * (e == b)%:R + w_ce k * (c == e)%:R +
  w_ae k * (a == e)%:R + w_cb k * (c == b)%:R + w_ab k * (a == b)%:R +
  w_ac_eb k * ((a == c) && (e == b))%:R + w_ae_cb k * ((a == e) && (c == b))%:R +
  w_ab_ce k * ((a == b) && (c == e))%:R + w_ace k * ((a == c) && (c == e))%:R +
  w_ceb k * ((c == e) && (e == b))%:R + w_acb k * ((a == c) && (c == b))%:R +
  w_aeb k * ((a == e) && (e == b))%:R + w_all k * [&& a == c, c == e & e == b]%:R.

Definition hadamard M N : 'M[R]_d := \matrix_(a, b) (M a b * N a b).

(** T^k(M, N), the 15 terms; T^k(M) is T^k(M, M). *)
Definition terms k A M N : 'M[R]_d :=
  let D := @diag_part R d in
  w_none k *: (M *m A *m N) + w_ac k *: (D M *m A *m N) + w_eb k *: (M *m A *m D N) +
  w_ce k *: (M *m D A *m N) + w_ae k *: (D (M *m A) *m N) + w_cb k *: (M *m D (A *m N)) +
  w_ab k *: D (M *m A *m N) + w_ac_eb k *: (D M *m A *m D N) +
  w_ae_cb k *: hadamard (hadamard M A) N + w_ab_ce k *: D (M *m D A *m N) +
  w_ace k *: (D M *m D A *m N) + w_ceb k *: (M *m D A *m D N) +
  w_acb k *: (D M *m D (A *m N)) + w_aeb k *: (D (M *m A) *m D N) +
  w_all k *: (D M *m D A *m D N).

Lemma diag_partE M a b : diag_part M a b = M a a *+ (a == b).
Proof. by rewrite mxE; case: eqP => [->|]. Qed.

Lemma diag_part_mulE m M (N : 'M[R]_(d, m)) a (l : 'I_m) : (diag_part M *m N) a l = M a a * N a l.
Proof.
rewrite mxE (bigD1 a) //= big1 ?addr0 => [|j ja]; first by rewrite mxE eqxx.
by rewrite mxE eq_sym (negbTE ja) mul0r.
Qed.

Lemma mul_diag_partE M N a b : (M *m diag_part N) a b = M a b * N b b.
Proof.
rewrite mxE (bigD1 b) //= big1 ?addr0 => [|j jb]; first by rewrite mxE eqxx.
by rewrite mxE (negbTE jb) mulr0.
Qed.

Lemma sum_at (F : 'I_d -> R) a : \sum_c F c * (a == c)%:R = F a.
Proof.
rewrite (bigD1 a) //= eqxx mulr1 big1 ?addr0 // => c ca.
by rewrite eq_sym (negbTE ca) mulr0.
Qed.

Lemma sum_at' (F : 'I_d -> R) a : \sum_c F c * (c == a)%:R = F a.
Proof. by rewrite -[RHS](sum_at F a); apply: eq_bigr => c _; rewrite eq_sym. Qed.

Definition entry_sum k A M N a b : R :=
  \sum_c \sum_e M a c * A c e * N e b * at_indices k a c e b.

Theorem terms_entry k A M N a b : symm A -> terms k A M N a b = entry_sum k A M N a b.
Proof.
move=> symA; have As i j : A i j = A j i by rewrite -[in LHS]symA mxE.
pose X c e := M a c * A c e * N e b.
have mul3 (M' A' N' : 'M[R]_d) :
    (M' *m A' *m N') a b = \sum_c \sum_e M' a c * A' c e * N' e b.
  by rewrite mxE exchange_big; apply: eq_bigr => e _; rewrite mxE mulr_suml.
pose S (F : 'I_d -> 'I_d -> bool) := \sum_c \sum_e X c e * (F c e)%:R.
have at_e F e0 : S (fun c e => F c && (e0 == e)) = \sum_c X c e0 * (F c)%:R.
  apply: eq_bigr => c _; rewrite -[RHS](sum_at (fun e => X c e * (F c)%:R) e0).
  by apply: eq_bigr => e _; rewrite -mulrA -natrM mulnb.
have at_c F c0 : S (fun c e => F e && (c == c0)) = \sum_e X c0 e * (F e)%:R.
  rewrite /S exchange_big; apply: eq_bigr => e _.
  rewrite -[RHS](sum_at' (fun c => X c e * (F e)%:R) c0).
  by apply: eq_bigr => c _; rewrite -mulrA -natrM mulnb.
have eqS F G : (forall c e, F c e = G c e) -> S F = S G.
  by move=> FG; apply: eq_bigr => c _; apply: eq_bigr => e _; rewrite FG.
have t0 : (M *m A *m N) a b = \sum_c \sum_e X c e by exact: mul3.
pose D := @diag_part R d.
have simple (M' A' N' : 'M[R]_d) (F : 'I_d -> 'I_d -> bool) :
    (forall c e, M' a c * A' c e * N' e b = X c e * (F c e)%:R) -> (M' *m A' *m N') a b = S F.
  by move=> XF; rewrite mul3; apply: eq_bigr => c _; apply: eq_bigr => e _; exact: XF.
have t_ac : (D M *m A *m N) a b = S (fun c e => a == c).
  by apply: simple => c e; rewrite mxE; case: eqP; rewrite ?mulr1 ?mulr0 ?mulr0n ?mul0r.
have t_eb : (M *m A *m D N) a b = S (fun c e => e == b).
  by apply: simple => c e; rewrite mxE; case: eqP; rewrite ?mulr1 ?mulr0.
have t_ce : (M *m D A *m N) a b = S (fun c e => c == e).
  by apply: simple => c e; rewrite mxE; case: eqP; rewrite ?mulr1 ?mulr0 ?mul0r.
have t_ac_eb : (D M *m A *m D N) a b = S (fun c e => (a == c) && (e == b)).
  by apply: simple => c e; rewrite !mxE; do 2 case: eqP => _; rewrite ?mulr1 ?mulr0 ?mulr0n ?mul0r.
have t_ace : (D M *m D A *m N) a b = S (fun c e => (a == c) && (c == e)).
  by apply: simple => c e; rewrite !mxE; do 2 case: eqP => _; rewrite ?mulr1 ?mulr0 ?mulr0n ?mulr0 ?mul0r.
have t_ceb : (M *m D A *m D N) a b = S (fun c e => (c == e) && (e == b)).
  by apply: simple => c e; rewrite !mxE; do 2 case: eqP => _; rewrite ?mulr1 ?mulr0 ?mulr0n ?mulr0 ?mul0r.
have t_all : (D M *m D A *m D N) a b = S (fun c e => [&& a == c, c == e & e == b]).
  by apply: simple => c e; rewrite !mxE; do 3 case: eqP => _; rewrite ?mulr1 ?mulr0 ?mulr0n ?mulr0 ?mul0r.
have on_ab (F : 'I_d -> 'I_d -> bool) (Z : 'M[R]_d) : Z a b = S F -> D Z a b = S (fun c e => (a == b) && F c e).
  move=> ZF; rewrite mxE ZF; case: eqP => _ //=.
  by rewrite mulr0n /S big1 // => c _; apply: big1 => e _; rewrite mulr0.
have t_ab : D (M *m A *m N) a b = S (fun c e => a == b).
  rewrite (on_ab (fun _ _ => true)) ?t0 /S; first by apply: eqS => c e; rewrite andbT.
  by apply: eq_bigr => c _; apply: eq_bigr => e _; rewrite mulr1.
have t_ab_ce : D (M *m D A *m N) a b = S (fun c e => (a == b) && (c == e)) by exact: on_ab.
have t_ae : (D (M *m A) *m N) a b = S (fun c e => a == e).
  rewrite (at_e (fun=> true) a) diag_part_mulE mxE mulr_suml.
  by apply: eq_bigr => c _; rewrite mulr1.
have t_cb : (M *m D (A *m N)) a b = S (fun c e => c == b).
  rewrite (at_c (fun=> true) b) mul_diag_partE mxE mulr_sumr.
  by apply: eq_bigr => e _; rewrite mulr1 mulrA.
have t_ae_cb : hadamard (hadamard M A) N a b = S (fun c e => (a == e) && (c == b)).
  rewrite (eqS _ (fun c e => (c == b) && (a == e))); last by move=> c e; rewrite andbC.
  by rewrite at_e sum_at' !mxE /X As.
have t_acb : (D M *m D (A *m N)) a b = S (fun c e => (a == c) && (c == b)).
  rewrite (eqS _ (fun c e => (a == b) && (c == b))); last first.
    by move=> c e; case: (c =P b) => [->|]; rewrite ?andbF.
  rewrite (at_c (fun=> a == b)) diag_part_mulE diag_partE /X; case: eqP => [->|_].
    by rewrite mulr1n mxE mulr_sumr; apply: eq_bigr => e _; rewrite mulr1 mulrA.
  by rewrite mulr0; apply/esym/big1 => e _; rewrite mulr0.
have t_aeb : (D (M *m A) *m D N) a b = S (fun c e => (a == e) && (e == b)).
  rewrite (eqS _ (fun c e => (a == b) && (a == e))); last first.
    by move=> c e; case: (a =P e) => [->|]; rewrite ?andbF ?andbT.
  rewrite (at_e (fun=> a == b)) diag_part_mulE diag_partE /X; case: eqP => [->|_].
    by rewrite mulr1n mxE mulr_suml; apply: eq_bigr => c _; rewrite mulr1.
  by rewrite mulr0; apply/esym/big1 => c _; rewrite mulr0.
have addE (Y Z : 'M[R]_d) : (Y + Z) a b = Y a b + Z a b by rewrite mxE.
have scaleE w (Y : 'M[R]_d) : (w *: Y) a b = w * Y a b by rewrite mxE.
rewrite /terms -/D !addE !scaleE.
rewrite t0 t_ac t_eb t_ce t_ac_eb t_ace t_ceb t_all t_ab t_ab_ce t_ae t_cb t_ae_cb t_acb t_aeb.
rewrite /S !mulr_sumr -!big_split; apply: eq_bigr => c _ /=.
rewrite !mulr_sumr -!big_split; apply: eq_bigr => e _ /=.
rewrite /at_indices -/(X c e); move: (X c e) => x; ring.
Qed.

End Terms.

Section Probabilities.

Variables (R : realFieldType) (d : nat).
Notation law := (uniform_perm R d).

Lemma all_member (A : {set 'I_d}) (t : seq 'I_d) :
  E law (fun s => (all (member A s) t)%:R) =
  (#|A| ^_ size (undup t))%:R / (d ^_ size (undup t))%:R.
Proof.
rewrite -E_perm_inv -(E_perm_in R A (undup_uniq t)); apply: eq_E => s; congr (nat_of_bool _)%:R.
rewrite all_map -(eq_all_r (mem_undup t)); apply: eq_all => j.
by rewrite /member invgK.
Qed.

Lemma all_member2 (A A' : {set 'I_d}) (t u : seq 'I_d) : [disjoint A & A'] ->
  E law (fun s => (all (member A s) t && all (member A' s) u)%:R) =
  if has (mem t) u then 0 else
  (#|A| ^_ size (undup t))%:R * (#|A'| ^_ size (undup u))%:R /
  (d ^_ (size (undup t) + size (undup u)))%:R.
Proof.
move=> disj; case: ifP => [/hasP[j ju jt]|/negbT no].
  apply: E_cst_on => s; case: (boolP (all _ t)) => //= /allP/(_ j jt) jA.
  case: (boolP (all _ u)) => //= /allP/(_ j ju) jA'.
  by have := disjointFr disj (jA : _ \in A); rewrite (jA' : _ \in A').
have uniq_tu : uniq (undup t ++ undup u).
  rewrite cat_uniq !undup_uniq andbT /=; apply: contra no => /hasP[j].
  by rewrite /= !mem_undup => ju jt; apply/hasP; exists j.
rewrite -E_perm_inv -(E_perm_in2 R uniq_tu disj); apply: eq_E => s; congr (nat_of_bool _)%:R.
rewrite !all_map -(eq_all_r (mem_undup t)) -(eq_all_r (mem_undup u)); congr (_ && _);
  by apply: eq_all => j; rewrite /member invgK.
Qed.

Variable q : nat.

Definition pk m : R := (q ^_ m)%:R / (d ^_ m)%:R.
Definition rjk j m : R := (q ^_ j)%:R * (q ^_ m)%:R / (d ^_ (j + m))%:R.

Definition kappa_same : weights R :=
  let p1 := pk 1 in let p2 := pk 2 in let p3 := pk 3 in let p4 := pk 4 in
  let one := p3 - p4 in let pair := p2 - 2%:R * p3 + p4 in
  let triple := p2 - 3%:R * p3 + 2%:R * p4 in
  Weights p4 one one one one one one pair pair pair triple triple triple triple
    (p1 - 7%:R * p2 + 12%:R * p3 - 6%:R * p4).

Definition kappa_diff : weights R :=
  let r11 := rjk 1 1 in let r12 := rjk 1 2 in let r22 := rjk 2 2 in
  let triple := 2%:R * r22 - r12 in
  Weights r22 (r12 - r22) (r12 - r22) (- r22) (- r22) (- r22) (- r22)
    (r11 - 2%:R * r12 + r22) r22 r22 triple triple triple triple
    (4%:R * r12 - 6%:R * r22 - r11).

Lemma rjk_sym j m : rjk j m = rjk m j.
Proof. by rewrite /rjk addnC [X in X / _]mulrC. Qed.

(** P(a, c, e, b in one given block of q). *)
Theorem same_block (A : {set 'I_d}) a c e b : #|A| = q ->
  E law (fun s => (all (member A s) [:: a; c; e; b])%:R) = at_indices kappa_same a c e b.
Proof.
move=> cardA; rewrite all_member cardA.
rewrite -[_ / _]/(pk (size (undup [:: a; c; e; b]))) /at_indices /kappa_same /= !inE ?orbF.
move: (pk) => p; case: (a =P c) => ac; case: (a =P e) => ae; case: (a =P b) => ab;
  case: (c =P e) => ce; case: (c =P b) => cb; case: (e =P b) => eb;
  first [exfalso; congruence | rewrite /=; ring].
Qed.

(** P(a, c in one given block, e, b in another one). *)
Theorem two_blocks (A A' : {set 'I_d}) a c e b : #|A| = q -> #|A'| = q -> [disjoint A & A'] ->
  E law (fun s => (all (member A s) [:: a; c] && all (member A' s) [:: e; b])%:R) =
  at_indices kappa_diff a c e b.
Proof.
move=> cardA cardA' disj; rewrite all_member2 // cardA cardA'.
rewrite -[_ * _ / _]/(rjk (size (undup [:: a; c])) (size (undup [:: e; b]))).
rewrite /at_indices /kappa_diff /= !inE ?orbF (eq_sym e a) (eq_sym e c) (eq_sym b a) (eq_sym b c).
have r21 : rjk 2 1 = rjk 1 2 by exact: rjk_sym.
case: (a =P c) => ac; case: (a =P e) => ae; case: (a =P b) => ab;
  case: (c =P e) => ce; case: (c =P b) => cb; case: (e =P b) => eb;
  first [exfalso; congruence | rewrite /= ?r21; move: (rjk 1 1) (rjk 1 2) (rjk 2 2) => r11 r12 r22; ring].
Qed.

End Probabilities.

(** ** The theorem *)

(** Random blocks: in outcome t worker i owns coordinate j if [owns t i j]. The pair law with
    weights ks and kd: P(i owns a and c, k owns e and b) is their sum over coincidences, with ks
    for i = k and kd for i <> k. *)
Definition pair_law (R : realFieldType) (n d : nat) (T : finType) (P : dist R T)
    (owns : T -> 'I_n -> 'I_d -> bool) (ks kd : weights R) : Prop :=
  forall i k a c e b,
  E P (fun t => [&& owns t i a, owns t i c, owns t k e & owns t k b]%:R) =
  at_indices (if i == k then ks else kd) a c e b.

Definition weights_sub (R : realFieldType) (k l : weights R) : weights R :=
  Weights (w_none k - w_none l) (w_ac k - w_ac l) (w_eb k - w_eb l) (w_ce k - w_ce l)
    (w_ae k - w_ae l) (w_cb k - w_cb l) (w_ab k - w_ab l) (w_ac_eb k - w_ac_eb l)
    (w_ae_cb k - w_ae_cb l) (w_ab_ce k - w_ab_ce l) (w_ace k - w_ace l) (w_ceb k - w_ceb l)
    (w_acb k - w_acb l) (w_aeb k - w_aeb l) (w_all k - w_all l).

Lemma at_indices_sub (R : realFieldType) d k l (a c e b : 'I_d) :
  at_indices (weights_sub k l) a c e b = at_indices k a c e b - at_indices l a c e b :> R.
Proof. by rewrite /at_indices /weights_sub /=; ring. Qed.

(** With one worker there is no second block: any weights kd will do, for example zeros. *)
Theorem pair_law_one (R : realFieldType) (d : nat) (T : finType) (P : dist R T)
    (owns : T -> 'I_1 -> 'I_d -> bool) (ks kd kd' : weights R) :
  pair_law P owns ks kd -> pair_law P owns ks kd'.
Proof. by move=> h i k a c e b; rewrite h !ord1 eqxx. Qed.

Section SecondMoment.

Variables (R : realFieldType) (n d : nat) (T : finType) (P : dist R T).
Variables (owns : T -> 'I_n -> 'I_d -> bool) (ks kd : weights R).
Hypothesis law_pairs : pair_law P owns ks kd.
Variable M : 'I_n -> 'M[R]_d.

(** P_i and G *)
Definition block_projector (t : T) (i : 'I_n) : 'M[R]_d := diag_of (fun j => (owns t i j)%:R).
Definition G (t : T) : 'M[R]_d :=
  \sum_i block_projector t i *m M i *m block_projector t i.

Lemma G_entry t a c : G t a c = \sum_i M i a c * [&& owns t i a & owns t i c]%:R.
Proof.
rewrite summxE; apply: eq_bigr => i _; rewrite mul_diag_ofE diag_of_mulE.
by rewrite mulrC mulrA -natrM mulnb andbC mulrC.
Qed.

(** A sum over pairs of workers whose terms are weighted by the pair law. *)
Lemma sum_pairs (X Y : 'I_n -> R) (a c e b : 'I_d) :
  \sum_i \sum_k X i * Y k * at_indices (if i == k then ks else kd) a c e b =
  \sum_i X i * Y i * at_indices (weights_sub ks kd) a c e b +
  (\sum_i X i) * (\sum_i Y i) * at_indices kd a c e b.
Proof.
rewrite big_distrlr mulr_suml -big_split; apply: eq_bigr => i _ /=.
rewrite mulr_suml at_indices_sub.
have -> : X i * Y i * (at_indices ks a c e b - at_indices kd a c e b) = \sum_k
    X i * Y k * (at_indices ks a c e b - at_indices kd a c e b) * (i == k)%:R.
  by rewrite (sum_at (fun k => X i * Y k * _)).
rewrite -big_split; apply: eq_bigr => k _ /=.
case: (i == k); first by rewrite mulr1 mulrBr subrK.
by rewrite mulr0 add0r.
Qed.

Lemma E_entries a c e b :
  E P (fun t => G t a c * G t e b) =
  \sum_i M i a c * M i e b * at_indices (weights_sub ks kd) a c e b +
  (\sum_i M i) a c * (\sum_i M i) e b * at_indices kd a c e b.
Proof.
rewrite !summxE -(sum_pairs (fun i => M i a c) (fun i => M i e b)).
transitivity (E P (fun t => \sum_i \sum_k M i a c * M k e b *
    [&& owns t i a, owns t i c, owns t k e & owns t k b]%:R)).
  apply: eq_E => t; rewrite !G_entry big_distrlr /=.
  apply: eq_bigr => i _; apply: eq_bigr => k _; rewrite mulrACA -natrM mulnb.
  by rewrite -!andbA.
by rewrite E_sum; apply: eq_bigr => i _; rewrite E_sum; apply: eq_bigr => k _; rewrite E_scale law_pairs.
Qed.

Theorem second_moment (A : 'M[R]_d) : symm A ->
  EM P (fun t => G t *m A *m G t) =
  \sum_i terms (weights_sub ks kd) A (M i) (M i) + terms kd A (\sum_i M i) (\sum_i M i).
Proof.
move=> symA; apply/matrixP => a b; rewrite EM_entry mxE summxE terms_entry //.
under [X in _ = X + _]eq_bigr do rewrite terms_entry //.
rewrite /entry_sum exchange_big -big_split /=.
transitivity (E P (fun t => \sum_c \sum_e A c e * (G t a c * G t e b))).
  apply: eq_E => t; rewrite mxE exchange_big; apply: eq_bigr => e _.
  by rewrite mxE mulr_suml; apply: eq_bigr => c _; rewrite mulrA [A _ _ * _]mulrC.
rewrite E_sum; apply: eq_bigr => c _; rewrite E_sum [X in _ = X + _]exchange_big -big_split /=.
apply: eq_bigr => e _; rewrite E_scale E_entries mulrDr mulr_sumr; congr (_ + _).
  by apply: eq_bigr => i _; rewrite !mulrA [A c e * _]mulrC.
by rewrite !mulrA [A c e * _]mulrC.
Qed.

End SecondMoment.

(** ** Perm-q and scaled Perm-q *)

Section Sketches.

Variables (R : realFieldType) (n d q : nat) (p : problem R n d).
Hypothesis d_nq : d = (n * q)%N.
Hypothesis q_gt0 : (0 < q)%N.

Notation slot := (slot d q).
Notation ks := (kappa_same R d q).
Notation kd := (kappa_diff R d q).

Definition perm_owns (s : 'S_d) (i : 'I_n) (j : 'I_d) : bool := member (slot i) s j.

Lemma slots_disjoint (i k : 'I_n) : i != k -> [disjoint slot i & slot k].
Proof.
move=> ik; rewrite disjoints_subset; apply/subsetP => j; rewrite !inE => /eqP ->.
by apply: contra ik => /eqP h; apply/eqP/val_inj.
Qed.

Theorem perm_pair_law : pair_law (uniform_perm R d) perm_owns ks kd.
Proof.
move=> i k a c e b; rewrite /perm_owns; case: (i =P k) => [<-|/eqP ik].
  rewrite -(same_block R _ _ _ _ (card_slot d_nq q_gt0 i)).
  by apply: eq_E => s; rewrite /= andbT.
rewrite -(two_blocks R _ _ _ _ (card_slot d_nq q_gt0 i) (card_slot d_nq q_gt0 k) (slots_disjoint ik)).
by apply: eq_E => s; rewrite /= !andbT -!andbA.
Qed.

Variable A : 'M[R]_d.
Hypothesis symA : symm A.

Definition EBAB (s : sketch R n d) : 'M[R]_d := EM (law s) (fun t => B p t *m A *m B p t).

Lemma block_B (a : 'I_n -> 'I_d -> R) (s : 'S_d) :
  B p (s : outcome (block_sketch q a)) = G perm_owns (Ltilde p a) s.
Proof.
apply/matrixP => j l; rewrite G_entry /B /mean mxE !summxE mulr_sumr; apply: eq_bigr => i _.
by rewrite !mask_sandwichE LtildeE -mulnb natrM !mulrA.
Qed.

Theorem scaled_second_moment (a : 'I_n -> 'I_d -> R) :
  EBAB (scaled_sketch q a) =
  \sum_i terms (weights_sub ks kd) A (Ltilde p a i) (Ltilde p a i) +
  terms kd A (\sum_i Ltilde p a i) (\sum_i Ltilde p a i).
Proof.
rewrite -(second_moment perm_pair_law) //; apply: eq_EM => s.
by rewrite block_B.
Qed.

Lemma perm_B (s : 'S_d) :
  B p (s : outcome (perm_sketch R n d q)) = n%:R *: G perm_owns (hess p) s.
Proof.
apply/matrixP => j l; rewrite /B /mean !mxE G_entry !summxE !mulr_sumr; apply: eq_bigr => i _.
rewrite !mask_sandwichE -mulnb natrM -!mulrA mulKf ?(n_neq0 p) //.
by rewrite [in RHS]mulrCA.
Qed.

Theorem perm_second_moment :
  EBAB (perm_sketch R n d q) = n%:R ^+ 2 *:
  (\sum_i terms (weights_sub ks kd) A (hess p i) (hess p i) +
   terms kd A (\sum_i hess p i) (\sum_i hess p i)).
Proof.
rewrite -(second_moment perm_pair_law) // -EM_scale; apply: eq_EM => s.
by rewrite perm_B -!scalemxAl -scalemxAr scalerA expr2.
Qed.

End Sketches.
