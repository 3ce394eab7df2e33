using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;

namespace Isobar.Domain;

/// <summary>
/// An accepted row as a line of JSON. Every field but the flags comes from a validated, escape-free alphabet, so the
/// line is laid out directly; the flags pass the JSON encoder.
/// </summary>
internal static class CuratedRow
{
    // The fixed text is 99 bytes, fields up to 50, each flag up to 12 escaped, longest unit 8.
    private const int MaxBytes = 256;

    public static void Write(in Observation observation, IBufferWriter<byte> output)
    {
        var line = new Line(output.GetSpan(MaxBytes));
        line.Append("{\"station\":\""u8);
        observation.Station.CopyTo(line.Take(StationId.Length));
        line.Append("\",\"date\":\""u8);
        line.AppendDigits(observation.Year, 4);
        line.Append("-"u8);
        line.AppendDigits(observation.Month, 2);
        line.Append("-"u8);
        line.AppendDigits(observation.Day, 2);
        line.Append("\",\"element\":\""u8);
        observation.Element.CopyTo(line.Take(ElementCode.Length));
        line.Append("\",\"value\":"u8);
        var measure = Measure.Of(observation.Element);
        line.AppendValue(observation.Value, measure.Tenths);
        if (measure.JsonUnit.Length > 0) line.Append(measure.JsonUnit);
        if (!observation.Measurement.IsEmpty) line.AppendFlag(",\"mFlag\":\""u8, observation.Measurement);
        if (!observation.Source.IsEmpty) line.AppendFlag(",\"sFlag\":\""u8, observation.Source);
        if (observation.Time != Observation.NoTime)
        {
            line.Append(",\"time\":\""u8);
            line.AppendDigits(observation.Time, 4);
            line.Append("\""u8);
        }

        line.Append("}\n"u8);
        output.Advance(line.Length);
    }

    private ref struct Line(Span<byte> space)
    {
        private readonly Span<byte> space = space;

        public int Length { get; private set; }

        public void Append(ReadOnlySpan<byte> text)
        {
            text.CopyTo(space[Length..]);
            Length += text.Length;
        }

        public Span<byte> Take(int count)
        {
            var taken = space.Slice(Length, count);
            Length += count;
            return taken;
        }

        public void AppendDigits(int number, int digits)
        {
            var span = Take(digits);
            for (var at = digits - 1; at >= 0; at--, number /= 10) span[at] = (byte)('0' + number % 10);
        }

        /// <summary>Tenths keep their decimal even when it is 0.</summary>
        public void AppendValue(int value, bool tenths)
        {
            if (value < 0) Append("-"u8);
            var magnitude = Math.Abs(value);
            Utf8Formatter.TryFormat(tenths ? magnitude / 10 : magnitude, space[Length..], out var written);
            Length += written;
            if (!tenths) return;
            var fraction = Take(2);
            fraction[0] = (byte)'.';
            fraction[1] = (byte)('0' + magnitude % 10);
        }

        public void AppendFlag(ReadOnlySpan<byte> opening, Flag flag)
        {
            Append(opening);
            var character = flag.Character;
            if (character.IsAscii && char.IsAsciiLetterOrDigit((char)character.Value))
            {
                Take(1)[0] = (byte)character.Value;
            }
            else
            {
                Span<byte> plain = stackalloc byte[4];
                var length = character.EncodeToUtf8(plain);
                JavaScriptEncoder.Default.EncodeUtf8(plain[..length], space[Length..], out _, out var written);
                Length += written;
            }

            Append("\""u8);
        }
    }
}
