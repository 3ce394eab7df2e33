namespace Isobar.Telemetry.Otlp;

/// <summary>
/// One export request that is being written: one resource, one scope, and items that are added one after the other.
/// </summary>
/// <remarks>
/// Source: opentelemetry-proto, <c>logs_service.proto</c> and <c>trace_service.proto</c>: the two requests have the
/// same fields, from the outside to the list of records or spans.
/// </remarks>
internal sealed class OtlpRequest(OtlpResource resource, int capacity)
{
    // Of a LogRecord in ScopeLogs, and of a Span in ScopeSpans.
    public const int Item = 2;

    private const int OfResource = 1, Resource = 1, OfScope = 2, Scope = 1;

    private int ofResource;
    private int ofScope;

    public ProtobufWriter Writer { get; } = new(capacity);

    /// <summary>Items since the last request was taken.</summary>
    public int Items { get; private set; }

    /// <summary>Begins an item; <see cref="EndItem"/> ends it.</summary>
    public int BeginItem()
    {
        if (Items++ == 0)
        {
            ofResource = Writer.Begin(OfResource);
            resource.WriteTo(Writer, Resource);
            ofScope = Writer.Begin(OfScope);
            OtlpResource.WriteScopeTo(Writer, Scope);
        }

        return Writer.Begin(Item);
    }

    public void EndItem(int begun) => Writer.End(begun);

    /// <summary>Ends the request, and makes room for the next one.</summary>
    /// <param name="take">Given the request, which is valid until it returns.</param>
    public T Take<T>(Func<ReadOnlySpan<byte>, T> take)
    {
        if (Items > 0)
        {
            Writer.End(ofScope);
            Writer.End(ofResource);
        }

        var taken = take(Writer.Written);
        Writer.Clear();
        Items = 0;
        return taken;
    }
}
