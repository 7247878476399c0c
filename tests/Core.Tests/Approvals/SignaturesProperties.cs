using FsCheck;
using FsCheck.Fluent;
using ReleaseDashboard.Core.Approvals;
using ReleaseDashboard.Core.Playbooks;

namespace ReleaseDashboard.Core.Tests.Approvals;

public sealed class SignaturesProperties
{
    private static readonly string[] People = ["ana", "bo", "cy", "di", "ed"];
    private static readonly string[] Claims = ["role:reviewer", "role:maintainer", "group:security", "group:docs"];

    private static Gen<SignatureRequirement> Requirement => Gen.OneOf(
        from count in Gen.Choose(1, 3) from role in Gen.Elements("reviewer", "maintainer") select new SignatureRequirement(count, Role: role),
        from count in Gen.Choose(1, 2) from named in Gen.Elements("security", "docs") select new SignatureRequirement(count, Group: named),
        from named in Gen.SubListOf(People).Where(list => list.Count > 0) select new SignatureRequirement(1, People: [.. named]));

    private static Arbitrary<(ApprovalRule Rule, List<Signature> Signatures)> Cases => Arb.From(
        from length in Gen.Choose(1, 3)
        from require in Requirement.ListOf(length)
        from same in Gen.Elements(true, false)
        from signers in Gen.SubListOf(People)
        from claims in Gen.SubListOf(Claims).ListOf(People.Length)
        select (new ApprovalRule([.. require]) { SamePerson = same }, signers.Select((name, index) => new Signature(name, [.. claims[index]])).ToList()));

    [Fact]
    public void Match_OfAnySignatures_FillsAsManyPlacesAsCanBeFilled() => Prop.ForAll(Cases, sample =>
    {
        var filled = Signatures.Match(sample.Rule, sample.Signatures).Sum(slot => slot.SignedBy.Count);
        filled.ShouldBe(Most(sample.Rule, sample.Signatures));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Match_OfAnySignatures_TakesOnlyWhoFitsAndNobodyTwice() => Prop.ForAll(Cases, sample =>
    {
        var slots = Signatures.Match(sample.Rule, sample.Signatures);
        slots.Select(slot => slot.Requirement).ShouldBe(sample.Rule.Require);
        foreach (var slot in slots)
        {
            slot.Missing.ShouldBeGreaterThanOrEqualTo(0);
            slot.SignedBy.ShouldBeUnique();
            slot.SignedBy.ShouldAllBe(name => sample.Signatures.Single(signature => signature.By == name).Meets(slot.Requirement));
        }
        if (!sample.Rule.SamePerson)
            slots.SelectMany(slot => slot.SignedBy).ShouldBeUnique();
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Match_OfMoreSignatures_NeverFillsFewerPlaces() => Prop.ForAll(Cases, sample =>
    {
        var before = 0;
        for (var count = 0; count <= sample.Signatures.Count; count++)
        {
            var filled = Signatures.Match(sample.Rule, sample.Signatures[..count]).Sum(slot => slot.SignedBy.Count);
            filled.ShouldBeGreaterThanOrEqualTo(before);
            before = filled;
        }
    }).QuickCheckThrowOnFailure();

    // Every way to hand people to places, one after another: slow, and plainly right.
    private static int Most(ApprovalRule rule, List<Signature> signatures)
    {
        if (rule.SamePerson)
            return rule.Require.Sum(each => Math.Min(each.Count, signatures.Count(signature => signature.Meets(each))));
        var places = rule.Require.SelectMany(each => Enumerable.Repeat(each, each.Count)).ToList();
        return From(0, []);

        int From(int person, HashSet<int> taken)
        {
            if (person == signatures.Count)
                return taken.Count;
            var best = From(person + 1, taken);
            for (var place = 0; place < places.Count; place++)
            {
                if (!taken.Contains(place) && signatures[person].Meets(places[place]))
                    best = Math.Max(best, From(person + 1, [.. taken, place]));
            }
            return best;
        }
    }
}
