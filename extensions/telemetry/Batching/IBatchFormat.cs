using Isobar.Telemetry.Events;

namespace Isobar.Telemetry.Batching;

/// <summary>Collects lines in the form in which one destination takes them.</summary>
internal interface IBatchFormat
{
    /// <summary>Bytes of the lines that were added since the last <see cref="Close"/>, before compression.</summary>
    int OpenBytes { get; }

    void Add(in Line line);

    /// <summary>Compresses what was added, and begins anew.</summary>
    IReadOnlyList<BatchContent> Close();
}

/// <summary>The body of one request to a destination.</summary>
/// <param name="Kind">What is in it, for a destination that takes several kinds.</param>
/// <param name="Lines">Lines in it.</param>
/// <param name="Spans">Spans in it, which are made of lines.</param>
internal sealed record BatchContent(string Kind, int Lines, int Spans, ReadOnlyMemory<byte> Bytes);
