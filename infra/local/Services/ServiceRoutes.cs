using Isobar.Local.Costs;
using Isobar.Local.Wire;

namespace Isobar.Local.Services;

/// <summary>Connects services to the front door and to each other.</summary>
internal static class ServiceRoutes
{
    /// <summary>Adds the modules that have a role, so that other services find them.</summary>
    public static void AddRoles(this ServiceDirectory directory, IEnumerable<IServiceModule> modules)
    {
        foreach (var role in modules.OfType<IServiceRole>()) directory.Add(role);
    }

    /// <summary>Makes the front door to these services.</summary>
    /// <param name="paths">Paths of the host's own, without a signature, by prefix.</param>
    public static FrontDoor DoorTo(
        IReadOnlyCollection<IServiceModule> modules, ServiceContext context,
        params IEnumerable<KeyValuePair<string, RequestDelegate>> paths) => new(
            modules.Where(module => module.Wire is not null)
                .ToDictionary(module => module.SigningName, module => module.Wire!),
            modules.SingleOrDefault(module => module.AnswersUnsigned)?.SigningName,
            paths.Concat(modules.SelectMany(module => module.Paths)).ToDictionary(),
            context.AccountId, context.Region, context.Identifiers, context.Journal, context.Keys,
            context.Gate,
            modules.Where(module => module.ChargesForCalls).ToDictionary(
                module => module.SigningName,
                module => (Func<CallAnswered, IEnumerable<Charge>>)module.ChargesOf),
            context.Clock);
}
