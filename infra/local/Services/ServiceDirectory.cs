namespace Isobar.Local.Services;

/// <summary>
/// What a service does for other services, which find it by a resource's ARN: <see cref="ITarget"/>,
/// <see cref="IInvoker"/>, <see cref="IEventSource"/>.
/// </summary>
internal interface IServiceRole
{
    /// <summary>The service part of the ARNs that this role answers for: <c>sqs</c>.</summary>
    string Service { get; }

    /// <summary>Whether the resource exists.</summary>
    bool Exists(Arn resource);
}

/// <summary>Finds the roles of services by ARN, so that services need not know each other.</summary>
internal sealed class ServiceDirectory
{
    private readonly List<IServiceRole> roles = [];

    /// <summary>Adds a service's roles: an object may have several. Called before the first request.</summary>
    public void Add(IServiceRole role) => roles.Add(role);

    /// <returns>Null when the ARN's service does not have this role, or the resource does not exist.</returns>
    public TRole? Find<TRole>(Arn resource)
        where TRole : class, IServiceRole =>
        Of<TRole>(resource) is { } role && role.Exists(resource) ? role : null;

    /// <returns>The role of the ARN's service, whether the resource exists or not; null without one.</returns>
    public TRole? Of<TRole>(Arn resource)
        where TRole : class, IServiceRole
    {
        foreach (var role in roles)
            if (role is TRole found && found.Service == resource.Service) return found;
        return null;
    }

    /// <returns>The role of whichever service has it, for a role that one service has; null without one.</returns>
    public TRole? Of<TRole>()
        where TRole : class, IServiceRole => roles.OfType<TRole>().FirstOrDefault();
}
