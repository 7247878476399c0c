using ReleaseDashboard.Core.Playbooks;

namespace ReleaseDashboard.Core.Approvals;

/// <summary>
/// Finds whose signature counts for what. A reviewer who is in the group security could fill either place; taken greedily,
/// a set of people that is enough might be called too few. So the places are filled by a largest matching (augmenting paths).
/// </summary>
public static class Signatures
{
    /// <param name="signatures">One a person, in the order they were given.</param>
    /// <returns>One for each requirement, in the rule's order; as many places filled as can be.</returns>
    public static IReadOnlyList<SignatureSlot> Match(ApprovalRule rule, IReadOnlyList<Signature> signatures)
    {
        if (rule.SamePerson)
        {
            return [.. rule.Require.Select(each =>
                new SignatureSlot(each, [.. signatures.Where(signature => signature.Meets(each)).Take(each.Count).Select(signature => signature.By)]))];
        }
        var places = rule.Require.SelectMany((each, index) => Enumerable.Repeat(index, each.Count)).ToList();
        var holder = new int?[places.Count];
        for (var person = 0; person < signatures.Count; person++)
            Seat(person, new bool[places.Count]);
        return [.. rule.Require.Select((each, index) => new SignatureSlot(each,
            [.. Enumerable.Range(0, places.Count).Where(place => places[place] == index && holder[place] is not null).Select(place => holder[place]!.Value).Order().Select(person => signatures[person].By)]))];

        // Gives the person a free place, or one whose holder can move to another.
        bool Seat(int person, bool[] tried)
        {
            for (var place = 0; place < places.Count; place++)
            {
                if (tried[place] || !signatures[person].Meets(rule.Require[places[place]]))
                    continue;
                tried[place] = true;
                if (holder[place] is { } other && !Seat(other, tried))
                    continue;
                holder[place] = person;
                return true;
            }
            return false;
        }
    }
}
