namespace Isobar.Local.Services.CodeDeploy;

/// <summary>The deployments of a Region, within a bound: the oldest that has ended makes room.</summary>
internal sealed class DeploymentLog
{
    private readonly Dictionary<string, LambdaDeployment> byId = new(StringComparer.Ordinal);

    // In the order of their creation.
    private readonly LinkedList<LambdaDeployment> all = [];
    private readonly List<LambdaDeployment> active = [];

    /// <summary>Those that have not ended.</summary>
    public IEnumerable<LambdaDeployment> Active
    {
        get
        {
            active.RemoveAll(deployment => !deployment.IsActive);
            return active;
        }
    }

    public IEnumerable<LambdaDeployment> NewestFirst => all.Reverse();

    public LambdaDeployment? Find(string id) => byId.GetValueOrDefault(id);

    public void Add(LambdaDeployment deployment)
    {
        if (all.Count >= CodeDeployLimits.MaxKeptDeployments && all.FirstOrDefault(old => !old.IsActive) is { } oldest)
        {
            all.Remove(oldest);
            byId.Remove(oldest.Id);
        }

        byId.Add(deployment.Id, deployment);
        all.AddLast(deployment);
        active.Add(deployment);
    }
}
