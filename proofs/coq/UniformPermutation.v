(** * Where a uniform permutation sends given distinct coordinates

    For s uniform on the permutations of d coordinates and t a tuple of k
    distinct coordinates, s(t) is uniform on the tuples of k distinct coordinates:

    - [E_perm_tuple]: E F(s(t)) = (1 / d^(k)) sum F(a) over tuples a of distinct
      coordinates, d^(k) = d (d-1) ... (d-k+1) the falling factorial.
    - [E_perm_in]: s(t) lies in a set A with probability |A|^(k) / d^(k), the p_k
      of the second-moment formula.
    - [E_perm_in2]: s(t) in A and s(u) in B, A and B disjoint, with probability
      |A|^(j) |B|^(k) / d^(j+k), the r_jk.
    - [E_perm1], [E_perm2]: the cases of one and of two coordinates.
    - [E_perm_inv]: the inverse of a uniform permutation is uniform. *)

From mathcomp Require Import all_ssreflect all_fingroup all_algebra.
From Ist Require Import Probability FisherYates.

Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Import Order.Theory GRing.Theory Num.Theory.
Local Open Scope ring_scope.

Section Uniform.

Variables (R : realFieldType) (d : nat).

Notation law := (uniform_perm R d).

Lemma E_perm_inv (X : 'S_d -> R) : E law (fun s => X (s^-1)%g) = E law X.
Proof. exact: (E_uniform_bij _ _ X (inv_bij (@invgK _))). Qed.

Lemma E_perm_mulr (r : 'S_d) (X : 'S_d -> R) : E law (fun s => X (s * r)%g) = E law X.
Proof.
apply: (E_uniform_bij _ _ X); exists (fun s => s * r^-1)%g; [exact: mulgK | exact: mulgKV].
Qed.

(** Permutations act transitively on tuples of distinct coordinates. *)
Lemma perm_extend (t a : seq 'I_d) : size t = size a -> uniq t -> uniq a ->
  exists s : 'S_d, map s t = a.
Proof.
elim: t a => [|j t IH] [|i a] //=; first by exists 1%g.
case=> size_ta /andP[jt uniq_t] /andP[ia uniq_a].
have [s st] := IH a size_ta uniq_t uniq_a.
exists (s * tperm (s j) i)%g; rewrite permM tpermL; congr (_ :: _).
rewrite -[RHS]st; apply/eq_in_map => l lt; rewrite permM tpermD //.
  by rewrite (inj_eq perm_inj); apply: contraNneq jt => ->.
by apply: contraNneq ia => ->; rewrite -st map_f.
Qed.

Lemma card_distinct k : #|[set a : k.-tuple 'I_d | uniq a]| = (d ^_ k)%N.
Proof.
rewrite -[in RHS](card_ord d) -card_uniq_tuples; congr #|pred_of_set _|.
by apply/setP => a; rewrite !inE; case: (uniq a); rewrite ?andbT ?andbF //; apply/esym/allP.
Qed.

Section Tuple.

Variables (k : nat) (t : k.-tuple 'I_d).
Hypothesis uniq_t : uniq t.

(** Every tuple of distinct coordinates is an equally likely image of t. *)
Lemma E_perm_image (a : k.-tuple 'I_d) : uniq a ->
  E law (fun s => ([tuple of map s t] == a)%:R) = (d ^_ k)%:R^-1.
Proof.
have same (b : k.-tuple 'I_d) : uniq b -> E law (fun s => ([tuple of map s t] == b)%:R) =
    E law (fun s => ([tuple of map s t] == t)%:R).
  move=> uniq_b; have [r rt] : exists r : 'S_d, map r t = b.
    by apply: perm_extend; rewrite ?size_tuple.
  rewrite -(E_perm_mulr r); apply: eq_E => s; congr (_%:R); congr nat_of_bool.
  rewrite -!val_eqE /= -rt.
  have -> : map (s * r)%g t = map r (map s t).
    by rewrite -map_comp; apply: eq_map => j; rewrite permM.
  by rewrite (inj_eq (inj_map perm_inj)).
move=> uniq_a; rewrite same //; set c := E law _.
have total : \sum_(b : k.-tuple 'I_d | uniq b) E law (fun s => ([tuple of map s t] == b)%:R) = 1.
  rewrite -E_sum; apply: E_cst_on => s.
  rewrite (bigD1 [tuple of map s t]) /= ?map_inj_uniq //; last exact: perm_inj.
  by rewrite eqxx big1 ?addr0 // => b /andP[_]; rewrite eq_sym => /negbTE->.
have : \sum_(b : k.-tuple 'I_d | uniq b) c = 1.
  by rewrite -total; apply: eq_bigr => b uniq_b; rewrite same.
rewrite -big_set sumr_const card_distinct => h; rewrite -mulr_natr in h.
have d0 : (d ^_ k)%:R != 0 :> R.
  by apply: contra_eq_neq h => ->; rewrite mulr0 eq_sym oner_neq0.
by apply: (mulIf d0); rewrite h mulVf.
Qed.

Theorem E_perm_tuple (F : k.-tuple 'I_d -> R) :
  E law (fun s => F [tuple of map s t]) =
  (d ^_ k)%:R^-1 * \sum_(a : k.-tuple 'I_d | uniq a) F a.
Proof.
transitivity (E law (fun s =>
    \sum_(a : k.-tuple 'I_d | uniq a) F a * ([tuple of map s t] == a)%:R)).
  apply: eq_E => s; rewrite (bigD1 [tuple of map s t]) /= ?map_inj_uniq //; last exact: perm_inj.
  by rewrite eqxx mulr1 big1 ?addr0 // => a /andP[_]; rewrite eq_sym => /negbTE->; rewrite mulr0.
rewrite E_sum mulr_sumr; apply: eq_bigr => a uniq_a.
by rewrite E_scale E_perm_image // mulrC.
Qed.

End Tuple.

Theorem E_perm_in (A : {set 'I_d}) (t : seq 'I_d) : uniq t ->
  E law (fun s => (all (mem A) (map s t))%:R) = (#|A| ^_ size t)%:R / (d ^_ size t)%:R.
Proof.
move=> uniq_t.
rewrite (E_perm_tuple (t := in_tuple t) uniq_t (fun a => (all (mem A) a)%:R)) mulrC.
congr (_ / _); rewrite -card_uniq_tuples -sum1_card natr_sum big_mkcond [RHS]big_mkcond.
by apply: eq_bigr => a _; rewrite inE; case: (uniq a); case: (all _ a).
Qed.

Theorem E_perm_in2 (A B : {set 'I_d}) (t u : seq 'I_d) : uniq (t ++ u) -> [disjoint A & B] ->
  E law (fun s => (all (mem A) (map s t) && all (mem B) (map s u))%:R) =
  (#|A| ^_ size t)%:R * (#|B| ^_ size u)%:R / (d ^_ (size t + size u))%:R.
Proof.
move=> uniq_tu disj.
pose F (a : seq 'I_d) := (all (mem A) (take (size t) a) && all (mem B) (drop (size t) a))%:R : R.
have -> : E law (fun s => (all (mem A) (map s t) && all (mem B) (map s u))%:R) =
    E law (fun s => F (map s (t ++ u))).
  apply: eq_E => s; rewrite /F map_cat take_size_cat ?size_map //.
  by rewrite drop_size_cat ?size_map.
rewrite (E_perm_tuple (t := cat_tuple (in_tuple t) (in_tuple u)) uniq_tu (fun a => F a)) mulrC.
congr (_ / _).
rewrite big_mkcond (tuple_sum_cat (size t) (size u) (fun a => if uniq a then F a else 0)).
rewrite -!card_uniq_tuples -!sum1_card !natr_sum big_distrlr /= [RHS]big_mkcond.
apply: eq_bigr => a _; rewrite inE [in RHS]big_mkcond; case: ifP => [/andP[Aa uniq_a]|]; last first.
  move=> no_a; apply: big1 => b _; rewrite /F take_size_cat ?size_tuple // cat_uniq.
  by move: no_a; case: (all _ a); case: (uniq a) => //=; case: ifP.
apply: eq_bigr => b _; rewrite inE /F take_size_cat ?size_tuple // drop_size_cat ?size_tuple //.
rewrite cat_uniq uniq_a Aa /=; case: (boolP (all _ b)) => [Bb|]; last by rewrite if_same.
suff -> : has (mem a) b = false by rewrite mul1r; case: ifP.
apply/negbTE/hasPn => i /(allP Bb) Bi; apply/negP => /(allP Aa) Ai.
by have := disjointFr disj (Ai : i \in A); rewrite (Bi : i \in B).
Qed.

Theorem E_perm1 (j : 'I_d) (F : 'I_d -> R) :
  E law (fun s => F (s j)) = d%:R^-1 * \sum_a F a.
Proof.
rewrite -[LHS]/(E law (fun s => (fun a : seq _ => F (nth j a 0)) [tuple of map s [tuple j]])).
rewrite (E_perm_tuple (t := [tuple j]) isT (fun a => F (nth j a 0))) ffactn1; congr (_ * _).
rewrite big_mkcond (tuple_sum _ (fun a => if uniq a then F (nth j a 0) else 0)).
apply: eq_bigr => i _.
by rewrite (tuple_sum0 (fun a => if uniq (i :: a) then F (nth j (i :: a) 0) else 0)).
Qed.

Theorem E_perm2 (j l : 'I_d) (F : 'I_d -> 'I_d -> R) : j != l ->
  E law (fun s => F (s j) (s l)) =
  (d * d.-1)%:R^-1 * \sum_a \sum_(b | b != a) F a b.
Proof.
move=> jl; have uniq_jl : uniq [tuple j; l] by rewrite /= inE jl.
pose G (a : seq 'I_d) := F (nth j a 0) (nth j a 1).
rewrite -[LHS]/(E law (fun s => G [tuple of map s [tuple j; l]])).
rewrite (E_perm_tuple uniq_jl (fun a => G a)) ffactnS ffactn1; congr (_ * _).
rewrite big_mkcond (tuple_sum _ (fun a => if uniq a then G a else 0)).
apply: eq_bigr => a _; rewrite [RHS]big_mkcond.
rewrite (tuple_sum _ (fun b => if uniq (a :: b) then G (a :: b) else 0)).
apply: eq_bigr => b _.
rewrite (tuple_sum0 (fun c => if uniq [:: a, b & c] then G [:: a, b & c] else 0)) /= inE.
by rewrite eq_sym andbT.
Qed.

End Uniform.
