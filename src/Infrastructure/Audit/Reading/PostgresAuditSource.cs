using System.Buffers.Binary;
using System.Globalization;
using Npgsql;
using ReleaseDashboard.Core.Audit;

namespace ReleaseDashboard.Infrastructure.Audit.Reading;

/// <summary>Reads the table through a binary COPY: the server's own bytes, a megabyte at a time.</summary>
internal sealed class PostgresAuditSource(NpgsqlConnection connection) : IRawAuditSource
{
    private const int Fields = 12;
    private const int SignatureLength = 11;
    private const int CheckEvery = 4096;
    private const long EpochMilliseconds = 946_684_800_000;

    private readonly (int Offset, int Length)[] fields = new (int, int)[Fields];
    private byte[] buffer = new byte[1024 * 1024];
    private int start;
    private int end;
    private int rowLength;

    public void Read(long first, long last, RawAuditReader reader, CancellationToken cancellationToken)
    {
        var sql = string.Create(CultureInfo.InvariantCulture,
            $"COPY (SELECT {RawAuditSources.Columns} FROM audit WHERE \"Sequence\" BETWEEN {first} AND {last} ORDER BY \"Sequence\") TO STDOUT (FORMAT BINARY)");
        using var copy = connection.BeginRawBinaryCopy(sql);
        (start, end) = (0, 0);
        Need(copy, SignatureLength + 8);
        var extension = BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(start + SignatureLength + 4));
        start += SignatureLength + 8;
        Need(copy, extension);
        start += extension;
        for (var count = 1; NextRow(copy); count++)
        {
            if (!reader(Entry()))
            {
                copy.Cancel();
                return;
            }
            if (count % CheckEvery == 0 && cancellationToken.IsCancellationRequested)
            {
                copy.Cancel();
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    public void Dispose() => connection.Dispose();

    /// <summary>Has the next row in the buffer, from <see cref="start"/> on; false after the last.</summary>
    private bool NextRow(NpgsqlRawCopyStream copy)
    {
        Need(copy, 2);
        var count = BinaryPrimitives.ReadInt16BigEndian(buffer.AsSpan(start));
        start += 2;
        if (count < 0)
            return false;
        var at = 0;
        for (var field = 0; field < Fields; field++)
        {
            Need(copy, at + 4);
            var length = BinaryPrimitives.ReadInt32BigEndian(buffer.AsSpan(start + at));
            at += 4;
            fields[field] = (at, length);
            at += Math.Max(0, length);
        }
        Need(copy, at);
        rowLength = at;
        return true;
    }

    private RawAuditEntry Entry()
    {
        string? unreadable = null;
        var microseconds = BinaryPrimitives.ReadInt64BigEndian(Field(1));
        // What is hashed has milliseconds; more than that was not written by the product.
        if (microseconds % 1000 != 0)
            unreadable = "At";
        var entry = new RawAuditEntry
        {
            Sequence = BinaryPrimitives.ReadInt64BigEndian(Field(0)),
            At = (microseconds / 1000) + EpochMilliseconds,
            ActorKind = Field(2),
            ActorName = Field(3),
            Action = Field(4),
            ProjectId = Id(5),
            ReleaseId = Id(6),
            Subject = Field(7),
            HasBefore = fields[8].Length >= 0,
            Before = Field(8),
            HasAfter = fields[9].Length >= 0,
            After = Field(9),
            PreviousHash = Field(10),
            Hash = Field(11),
            Unreadable = unreadable,
        };
        start += rowLength;
        return entry;
    }

    private ReadOnlySpan<byte> Field(int field) => fields[field].Length < 0 ? default : buffer.AsSpan(start + fields[field].Offset, fields[field].Length);

    private Guid? Id(int field) => fields[field].Length < 0 ? null : new Guid(Field(field), bigEndian: true);

    /// <summary>Reads until so many bytes follow <see cref="start"/>.</summary>
    private void Need(NpgsqlRawCopyStream copy, int length)
    {
        if (end - start >= length)
            return;
        if (buffer.Length - start < length)
        {
            var target = buffer.Length < length ? new byte[Math.Max(length, buffer.Length * 2)] : buffer;
            buffer.AsSpan(start, end - start).CopyTo(target);
            (buffer, end, start) = (target, end - start, 0);
        }
        while (end - start < length)
        {
            var read = copy.Read(buffer.AsSpan(end));
            if (read == 0)
                throw new EndOfStreamException("The database ended its answer in the middle of an audit entry.");
            end += read;
        }
    }
}
