import { Injectable } from '@nestjs/common';
import { journalOfWriteOff } from '../../../core/ledger';
import { text, ZERO } from '../../../core/quantity';
import { Audit } from '../../../platform/audit';
import type { Actor } from '../../../platform/auth';
import { Database, type Tx } from '../../../platform/database';
import { AppError } from '../../../platform/errors';
import { FourEyes } from '../../../platform/four-eyes';
import { type Debt, Debts } from '../debts/debts';
import { settle } from '../debts/settlements';
import { postJournals } from '../ledger/post-journals';
import type { WriteOffView } from './dto/write-off.dto';
import { WriteOffRepository } from './write-off.repository';

/** Gives up what is open of a receivable: one person asks, another one decides; the late charge goes with it. */
@Injectable()
export class WriteOffReceivable {
  constructor(
    private readonly database: Database,
    private readonly debts: Debts,
    private readonly writeOffs: WriteOffRepository,
    private readonly fourEyes: FourEyes,
    private readonly audit: Audit,
  ) {}

  request(receivableId: string, reason: string, actor: Pick<Actor, 'userId'>): Promise<WriteOffView> {
    return this.database.transaction(async (tx) => {
      await this.owed(tx, receivableId);
      const [row] = await tx.query<{ writeOffId: string }[]>(
        'insert into write_offs (receivable_id, reason, requested_by) values ($1, $2, $3) returning write_off_id as "writeOffId"',
        [receivableId, reason, actor.userId],
      );
      if (!row) throw new Error('a statement without a row');
      await this.audit.record(tx, { actor, action: 'collection.write-off.request', subjectType: 'write-off', subjectId: row.writeOffId, detail: { receivableId, reason } });
      return this.writeOffs.view(tx, row.writeOffId);
    });
  }

  approve(writeOffId: string, actor: Pick<Actor, 'userId'>): Promise<WriteOffView> {
    return this.database.transaction(async (tx) => {
      const [asked] = await tx.query<{ receivableId: string; state: string; requestedBy: string }[]>(
        'select receivable_id as "receivableId", state, requested_by as "requestedBy" from write_offs where write_off_id = $1 for update',
        [writeOffId],
      );
      if (!asked) throw new AppError('COLLECTION.WRITE_OFF_NOT_FOUND');
      if (asked.state === 'approved') throw new AppError('COLLECTION.WRITE_OFF_ALREADY_APPROVED');
      if (asked.state !== 'requested') throw new AppError('COLLECTION.REQUEST_TURNED_DOWN');
      await this.fourEyes.approve(tx, { subjectType: 'write-off', subjectId: writeOffId, action: 'approve', requestedBy: asked.requestedBy, actor });
      const { accountId, receivableId, outstanding: principal } = await this.owed(tx, asked.receivableId);
      if (principal.isZero()) throw new AppError('COLLECTION.RECEIVABLE_NOT_OPEN');
      await settle(tx, 'write-off', [{ receivableId, accountId, causeId: writeOffId, principal, lateCharge: ZERO, closes: true }]);
      await tx.query(`update write_offs set state = 'approved', approved_by = $2, approved_on = app_today(), amount = $3 where write_off_id = $1`, [writeOffId, actor.userId, text(principal, 2)]);
      await this.audit.record(tx, { actor, action: 'collection.write-off.approve', subjectType: 'write-off', subjectId: writeOffId, detail: { receivableId, amount: text(principal, 2) } });
      await postJournals(tx, [{ kind: 'write-off', sourceId: writeOffId, journal: journalOfWriteOff(accountId, principal) }]);
      return this.writeOffs.view(tx, writeOffId);
    });
  }

  /** The debt, locked, as of today; one that is being paid in parts is not given up before the agreement is cancelled. */
  private async owed(tx: Tx, receivableId: string): Promise<Debt> {
    const ids = await this.debts.lockOpen(tx, { receivableIds: [receivableId] });
    const [debt] = await this.debts.load(tx, ids, await this.debts.today(tx));
    if (!debt) throw new AppError('COLLECTION.RECEIVABLE_NOT_OPEN');
    if (debt.agreementId !== null) throw new AppError('COLLECTION.BILL_IN_INSTALMENTS', { params: { agreementId: debt.agreementId } });
    return debt;
  }
}
