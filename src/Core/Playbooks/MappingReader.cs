using System.Globalization;
using static ReleaseDashboard.Core.Playbooks.PlaybookFaultCode;

namespace ReleaseDashboard.Core.Playbooks;

/// <summary>
/// Reads known keys out of one mapping and reports the rest as unknown. A key with a fault reads as its fallback,
/// so that reading goes on and finds what else is wrong.
/// </summary>
internal sealed class MappingReader
{
    private readonly PlaybookNode.Mapping _mapping;
    private readonly FaultList _faults;
    private readonly string _what;

    private MappingReader(PlaybookNode.Mapping mapping, string what, FaultList faults, IReadOnlyList<string> keys, PlaybookFaultCode unknown, string word)
    {
        (_mapping, _what, _faults) = (mapping, what, faults);
        var seen = new HashSet<string>();
        foreach (var (key, _) in mapping.Entries)
        {
            if (!seen.Add(key.Text))
                faults.Add(DuplicateKey, key, $"the key \"{key.Text}\" is there twice");
            else if (!keys.Contains(key.Text))
                faults.Add(unknown, key, $"{what} has no {word} \"{key.Text}\"{NearestName.Hint(key.Text, keys)}");
        }
    }

    /// <summary>The place of the mapping, for faults about the whole.</summary>
    public PlaybookNode Node => _mapping;

    /// <summary>A reader, or null with a fault when the node is no mapping.</summary>
    public static MappingReader? Open(PlaybookNode node, string what, FaultList faults, params IReadOnlyList<string> keys) =>
        Open(node, what, faults, keys, UnknownKey, "key");

    /// <summary>As above, with the code and the word for what is unknown.</summary>
    public static MappingReader? Open(
        PlaybookNode node, string what, FaultList faults, IReadOnlyList<string> keys, PlaybookFaultCode unknown, string word)
    {
        if (node is PlaybookNode.Mapping mapping)
            return new MappingReader(mapping, what, faults, keys, unknown, word);
        faults.Add(WrongType, node, $"{what} must be a mapping of keys and values");
        return null;
    }

    /// <summary>The value of a key, or null when the key is not there.</summary>
    public PlaybookNode? Find(string key) => _mapping.Entries.FirstOrDefault(entry => entry.Key.Text == key).Value;

    /// <summary>As <see cref="Find"/>, with a fault when the key is not there.</summary>
    public PlaybookNode? Require(string key)
    {
        var node = Find(key);
        if (node is null)
            _faults.Add(MissingKey, _mapping, $"{_what} needs the key \"{key}\"");
        return node;
    }

    /// <summary>Text that must be there and not be blank.</summary>
    public string RequiredText(string key)
    {
        if (Require(key) is not { } node)
            return "";
        var text = AsText(key, node);
        if (text?.Trim().Length == 0)
            _faults.Add(BadValue, node, $"\"{key}\" must not be empty");
        return text ?? "";
    }

    /// <summary>Text, or empty when the key is not there.</summary>
    public string Text(string key) => Find(key) is { } node ? AsText(key, node) ?? "" : "";

    /// <summary>An id, or text that is none (with a fault).</summary>
    public string RequiredId(string key)
    {
        var id = RequiredText(key);
        if (id.Length > 0 && !DottedName.IsId(id))
            _faults.Add(BadId, Find(key)!, $"\"{id}\" is not an id: use small letters, digits, \"-\" and \"_\", and start with a letter");
        return id;
    }

    public bool Flag(string key, bool fallback)
    {
        if (Find(key) is not { } node)
            return fallback;
        if (node is PlaybookNode.Scalar { IsPlain: true, Text: "true" or "false" } scalar)
            return scalar.Text == "true";
        _faults.Add(WrongType, node, $"\"{key}\" must be true or false");
        return fallback;
    }

    public int Number(string key, int fallback, int minimum, int maximum)
    {
        if (Find(key) is not { } node)
            return fallback;
        if (node is PlaybookNode.Scalar { IsPlain: true } scalar
            && int.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            if (number >= minimum && number <= maximum)
                return number;
            _faults.Add(BadValue, node, $"\"{key}\" must be from {minimum} to {maximum}");
            return fallback;
        }
        _faults.Add(WrongType, node, $"\"{key}\" must be a whole number");
        return fallback;
    }

    /// <summary>A duration such as <c>30s</c>, <c>60m</c>, <c>2h</c> or <c>1d</c>.</summary>
    public TimeSpan? Duration(string key)
    {
        if (Find(key) is not { } node)
            return null;
        if (AsText(key, node) is not { } text)
            return null;
        if (PlaybookDuration.TryParse(text, out var duration))
            return duration;
        _faults.Add(BadValue, node, $"\"{text}\" is not a duration: write a number and s, m, h or d, such as 30s or 60m, up to 30d");
        return null;
    }

    /// <summary>Text that may hold references.</summary>
    public Template Template(string key) => Find(key) is { } node ? AsTemplate(key, node) : Playbooks.Template.Empty;

    /// <summary>The items of a sequence; empty when the key is not there.</summary>
    public IReadOnlyList<PlaybookNode> Items(string key)
    {
        switch (Find(key))
        {
            case null:
                return [];
            case PlaybookNode.Sequence sequence:
                return sequence.Items;
            case { } node:
                _faults.Add(WrongType, node, $"\"{key}\" must be a list");
                return [];
        }
    }

    public Template AsTemplate(string key, PlaybookNode node)
    {
        if (AsText(key, node) is not { } text)
            return Playbooks.Template.Empty;
        if (!Playbooks.Template.TryParse(text, out var template, out var reason))
            _faults.Add(UnknownVariable, node, reason);
        return template;
    }

    public string? AsText(string key, PlaybookNode node)
    {
        if (node is PlaybookNode.Scalar scalar)
            return scalar.Text;
        _faults.Add(WrongType, node, $"\"{key}\" must be text");
        return null;
    }
}
