using System.Collections.Concurrent;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Wire;

/// <summary>Keeps what it was asked, and allows or refuses it.</summary>
internal sealed class RecordingGate : IRequestGate
{
    public ConcurrentQueue<AuthorizationRequest> Asked { get; } = new();

    public bool Refuses { get; set; }

    public void Check(AuthorizationRequest request)
    {
        Asked.Enqueue(request);
        if (Refuses) throw new AwsException("AccessDeniedException", "Not allowed.", 403);
    }
}
