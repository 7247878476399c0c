using ReleaseDashboard.Core.Playbooks;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ReleaseDashboard.Infrastructure.Playbooks;

/// <summary>
/// Builds the neutral tree out of YAML's events. Playbooks use a plain subset: one document, no anchors (they can unfold
/// without end), no tags, keys that are plain text. Everything else throws <see cref="YamlException"/> with its place.
/// </summary>
internal sealed class YamlTree
{
    private const int MaximumDepth = 20;
    private readonly Parser _parser;
    private int _depth;

    private YamlTree(string yaml) => _parser = new Parser(new StringReader(yaml));

    public static PlaybookNode Read(string yaml) => new YamlTree(yaml).ReadFile();

    private PlaybookNode ReadFile()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out var end))
            throw new YamlException(end.Start, end.End, "the file is empty");
        _parser.Consume<DocumentStart>();
        var root = ReadNode();
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
            throw new YamlException(second.Start, second.End, "a second document starts here: a playbook file holds one");
        _parser.Consume<StreamEnd>();
        return root;
    }

    private PlaybookNode ReadNode()
    {
        if (_parser.Accept<AnchorAlias>(out var alias))
            throw new YamlException(alias.Start, alias.End, "aliases (*name) are not used in playbooks: write the value out");
        if (_parser.Accept<NodeEvent>(out var node))
            Refuse(node);
        if (++_depth > MaximumDepth)
            throw new YamlException(node?.Start ?? Mark.Empty, node?.End ?? Mark.Empty, "the file is nested too deeply");
        PlaybookNode read = node switch
        {
            MappingStart => ReadMapping(),
            SequenceStart => ReadSequence(),
            _ => ReadScalar(),
        };
        _depth--;
        return read;
    }

    private PlaybookNode.Mapping ReadMapping()
    {
        var start = _parser.Consume<MappingStart>().Start;
        var entries = new List<(PlaybookNode.Scalar Key, PlaybookNode Value)>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.Accept<Scalar>(out var key))
                throw new YamlException(_parser.Current!.Start, _parser.Current.End, "a key must be plain text");
            if (key is { Value: "<<", Style: ScalarStyle.Plain })
                throw new YamlException(key.Start, key.End, "merge keys (<<) are not used in playbooks: write the values out");
            Refuse(key);
            entries.Add((ReadScalar(), ReadNode()));
        }
        return new PlaybookNode.Mapping(entries, (int)start.Line, (int)start.Column);
    }

    private PlaybookNode.Sequence ReadSequence()
    {
        var start = _parser.Consume<SequenceStart>().Start;
        var items = new List<PlaybookNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
            items.Add(ReadNode());
        return new PlaybookNode.Sequence(items, (int)start.Line, (int)start.Column);
    }

    private PlaybookNode.Scalar ReadScalar()
    {
        var scalar = _parser.Consume<Scalar>();
        return new PlaybookNode.Scalar(scalar.Value, scalar.Style == ScalarStyle.Plain, (int)scalar.Start.Line, (int)scalar.Start.Column);
    }

    private static void Refuse(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty)
            throw new YamlException(node.Start, node.End, "anchors (&name) are not used in playbooks: write the value out where it is needed");
        if (!node.Tag.IsEmpty)
            throw new YamlException(node.Start, node.End, "tags (!name) are not used in playbooks");
    }
}
