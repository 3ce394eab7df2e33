using Isobar.Domain;
using System.Text;
using Isobar.Functions.Tests.Domain;

namespace Isobar.Functions.Tests.Simulation;

/// <summary>
/// A large file of which little is kept: islands of rows, at chunk boundaries and elsewhere, in a sea of one letter.
/// What lies between two islands is one over-long row.
/// </summary>
internal sealed class SparseContent : Content
{
    private const byte Sea = (byte)'z';

    private readonly SortedList<long, byte[]> islands = [];
    private readonly List<NaiveRow> rows = [];

    public SparseContent(Random random, long length, long chunkBytes)
    {
        Length = length;
        for (var boundary = chunkBytes; boundary < length; boundary += chunkBytes)
        {
            // Around the boundary so that it falls on any byte of a row, an LF included.
            var island = Encoding.ASCII.GetBytes("\n" + string.Join('\n', Rows3(random)) + "\n");
            islands.Add(boundary - random.Next(island.Length + 1), island);
            if (random.Next(2) == 0) islands.Add(boundary + random.Next(10_000, (int)chunkBytes / 2), island);
        }

        Chart();
    }

    public override long Length { get; }

    public override IReadOnlyList<NaiveRow> Rows => rows;

    public override Stream Read(long from, long to) => new Voyage(this, from, to);

    private static IEnumerable<string> Rows3(Random random) => Enumerable.Range(0, 3).Select(_ => random.Next(4) switch
    {
        0 => $"XIW0000000{random.Next(4)},20140231,PRCP,{random.Next(100)},,,W,0700",
        1 => $"XIW0000000{random.Next(4)},20140102,SNOW,-9999,,,W",
        _ => $"XIW0000000{random.Next(4)},201401{random.Next(10, 32)},TMAX,{random.Next(-300, 400)},,,W,0700",
    });

    // An island begins with the LF that ends the sea's row before it.
    private void Chart()
    {
        var (offset, line) = (0L, 1L);
        foreach (var (start, island) in islands)
        {
            rows.Add(new NaiveRow(offset, line, "row:length", []));
            var planted = NaiveReader.Rows(island);
            rows.AddRange(planted.Select(row => row with { Offset = start + row.Offset, Line = line + row.Line - 1 }));
            line += planted[^1].Line;
            offset = start + island.Length;
        }

        rows.Add(new NaiveRow(offset, line, "row:length", []));
    }

    private sealed class Voyage(SparseContent content, long from, long to) : ForwardStream
    {
        private long position = from;

        public override int Read(Span<byte> buffer)
        {
            var part = buffer[..(int)Math.Min(buffer.Length, to - position)];
            part.Fill(Sea);
            foreach (var (start, island) in content.islands)
            {
                var first = Math.Max(start, position);
                var end = Math.Min(start + island.Length, position + part.Length);
                if (first < end)
                    island.AsSpan((int)(first - start), (int)(end - first)).CopyTo(part[(int)(first - position)..]);
            }

            position += part.Length;
            return part.Length;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            new(Read(buffer.Span));
    }
}
