using System.Collections.Concurrent;
using Isobar.Local.Wire;

namespace Isobar.Stories.Parameters;

/// <summary>Stands in front of the host's services: counts who fetches which parameter, and takes the service away.
/// </summary>
internal sealed class SourceGate : IRequestGate
{
    private readonly ConcurrentQueue<(string Session, string Resource)> fetches = new();

    /// <summary>Whether Parameter Store fails every GetParameter, with a status that is its own fault.</summary>
    public bool IsAway { get; set; }

    /// <summary>How often a function's processes asked for a parameter.</summary>
    public int FetchesOf(string function, string parameter) => fetches.Count(
        fetch => fetch.Session == function && fetch.Resource.EndsWith(":parameter/" + parameter));

    public void Check(AuthorizationRequest request)
    {
        foreach (var (action, resource) in request.Actions)
        {
            if (action != "ssm:GetParameter") continue;
            fetches.Enqueue((request.Principal.Session ?? "", resource));
            if (IsAway) throw new AwsException("InternalServerError", "Away for a story.", 500);
        }
    }
}
