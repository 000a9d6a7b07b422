import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The course of an agreement in force follows the money: one that had ended goes on, or is broken, once a payment of it is undone. */
export class ReopenedInstalments0000000000751 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.guard(
      runner,
      `old.state = 'active' and new.state = 'cancelled'
             or old.state in ('active', 'broken', 'ended') and new.state in ('active', 'broken', 'ended')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.guard(
      runner,
      `old.state = 'active' and new.state in ('ended', 'broken', 'cancelled')
             or old.state = 'broken' and new.state = 'active'`,
    );
  }

  private async guard(runner: QueryRunner, course: string): Promise<void> {
    await runner.query(`
      create or replace function guard_instalment_agreement() returns trigger language plpgsql as $$
      begin
        if not (old.state = 'requested' and new.state in ('active', 'rejected', 'withdrawn')
             or ${course}) then
          raise exception 'an agreement does not go from % to %', old.state, new.state using errcode = '23514', constraint = 'instalment_agreements_course';
        end if;
        return new;
      end $$`);
  }
}
