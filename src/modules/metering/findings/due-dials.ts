/**
 * SQL of the dials that were not read within the window of their reading day, once the window is over; $1 first of the
 * month, $2 route code or null. Columns: installation_id, meter_id, register, due_on, window_days.
 */
export const DUE_DIALS = `
         SELECT v.installation_id, v.meter_id, mr.register, due_on, coalesce(rr.window_days, 3) AS window_days
         FROM accounts a
         LEFT JOIN route_accounts ra ON ra.account_id = a.account_id AND ra.superseded_revision IS NULL
           AND ra.valid_from <= $1::date AND (ra.valid_to IS NULL OR ra.valid_to > $1::date)
         LEFT JOIN reading_routes rr ON rr.route_id = ra.route_id
         CROSS JOIN LATERAL (SELECT $1::date + coalesce(rr.reading_day, 1) - 1 AS due_on) d
         JOIN usage_points p ON p.account_id = a.account_id
         JOIN meter_installation_versions v ON v.usage_point_id = p.usage_point_id AND v.superseded_revision IS NULL
           AND v.installed_on <= d.due_on AND (v.removed_on IS NULL OR v.removed_on >= d.due_on)
         JOIN meter_registers mr ON mr.meter_id = v.meter_id
         WHERE ($2::text IS NULL OR rr.route_code = $2) AND d.due_on + coalesce(rr.window_days, 3) < app_today()
           AND (a.closed_on IS NULL OR a.closed_on > d.due_on)
           AND NOT EXISTS (SELECT FROM readings r WHERE r.installation_id = v.installation_id AND r.register = mr.register
             AND r.superseded_revision IS NULL
             AND r.read_on BETWEEN d.due_on - coalesce(rr.window_days, 3) AND d.due_on + coalesce(rr.window_days, 3))`;
