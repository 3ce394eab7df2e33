using System.Globalization;
using Isobar.Jobs;

namespace Isobar.Api;

/// <summary>Which page of the jobs is asked for.</summary>
/// <param name="Limit">1 to <see cref="JobsView.MaxPage"/> jobs.</param>
internal sealed record PageRequest(int Limit, JobsCursor? After)
{
    private const int UsualLimit = 20;

    /// <param name="query">Null when the request has none.</param>
    /// <param name="problem">What is wrong, when the answer is null.</param>
    public static PageRequest? TryRead(IDictionary<string, string>? query, out string problem)
    {
        problem = "";
        var limit = UsualLimit;
        JobsCursor? after = null;
        foreach (var (name, value) in query ?? new Dictionary<string, string>())
        {
            switch (name)
            {
                case "limit":
                    if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                        || limit is < 1 or > JobsView.MaxPage)
                        problem = $"limit must be a number from 1 to {JobsView.MaxPage}.";
                    break;
                case "cursor":
                    after = JobsCursor.TryParse(value ?? "");
                    if (after is null) problem = "cursor must be the next of an earlier page.";
                    break;
                default:
                    problem = "The parameters of this list are limit and cursor.";
                    break;
            }
        }

        return problem.Length == 0 ? new PageRequest(limit, after) : null;
    }
}
