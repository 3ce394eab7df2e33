using Isobar.Local.Costs;
using Isobar.Local.History;

namespace Isobar.Local.Wire;

/// <summary>A call for which AWS charges was answered, or is about to be: its answer has begun.</summary>
/// <param name="Service">As in ARNs: <c>sqs</c>.</param>
/// <param name="Operation">Without the service: <c>SendMessage</c>; empty when the request was not understood.</param>
/// <param name="Method">Of HTTP.</param>
/// <param name="RequestBytes">Of the body, as its length was declared.</param>
internal sealed record CallAnswered(
    string RequestId, string Service, string Operation, string Method, int Status, long RequestBytes) : IChargedFact
{
    public string? TraceId { get; init; }

    /// <summary>The function that called; null for any other client.</summary>
    public string? Payer { get; init; }

    public IEnumerable<Charge> Charges { get; init; } = [];

    string? IFact.Resource => Service;
}
